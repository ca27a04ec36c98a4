"""Odd input is refused in words, at every address and by whoever sends it: never a 500."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import encode_multipart
from django.urls import re_path
from django.views.static import serve
from pytest_django.fixtures import Settings

from config.middleware.input import OddInput
from config.urls import urlpatterns
from sites.models import Closure
from tests.config.addresses import (
    NOBODY,
    PARAMETER,
    PEOPLE,
    TEAM,
    filled,
    make_world,
    routes,
    routes_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
Ask = Callable[[Client, str], Any]
FORM = "application/x-www-form-urlencoded"
PAST_64_BITS = str(2**63)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Log nothing: thousands of refusals would be most of the time of these tests."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def ask(query: str) -> Ask:
    return lambda client, address: client.get(f"{address}?{query}")


def at(tail: str) -> Ask:
    return lambda client, address: client.get(address + tail)


def send(body: str | bytes, content_type: str = FORM) -> Ask:
    return lambda client, address: client.generic("POST", address, body, content_type)


def upload(name: str, file_name: str) -> Ask:
    body = encode_multipart("edge", {name: SimpleUploadedFile(file_name, b"x")})
    return send(body, "multipart/form-data; boundary=edge")


def with_headers(**headers: str) -> Ask:
    return lambda client, address: client.get(address, headers=headers)


def with_body_of(size: int) -> Ask:
    return lambda client, address: client.post(address, b"", FORM, CONTENT_LENGTH=str(size))


def by(method: str) -> Ask:
    return lambda client, address: client.generic(method, address)


REFUSED: dict[str, Ask] = {
    "NUL in the query": ask("where=a%00b"),
    "NUL in a parameter's name": ask("a%00b=1"),
    "escape in the query": ask("q=%1b[31m"),
    "bytes that are no UTF-8": ask("q=%ff%fe"),
    "half of a surrogate pair": ask("q=%ed%a0%80"),
    "more parameters than a form has": ask("&".join(f"a{one}=1" for one in range(3_001))),
    "NUL in the path": at("%00"),
    "line feed in the path": at("a%0Ab"),
    "a name longer than a file's": at("a" * 300),
    "a number past 64 bits in the path": at(f"a/{PAST_64_BITS}/"),
    "NUL in a form": send("name=a%00b"),
    "vertical tab in a form": send("note=a%0bb"),
    "NUL in a field's name": send("a%00b=1"),
    "a form that is no UTF-8": send(b"name=%ff"),
    "NUL in a form of parts": send(
        encode_multipart("edge", {"name": "a\x00b"}), "multipart/form-data; boundary=edge"
    ),
    "a file in a field of an odd name": upload("a\x07b", "a.png"),
    "a form in another alphabet": send("name=a", f"{FORM}; charset=rot13"),
    "a form of parts in another alphabet": send(
        encode_multipart("edge", {"name": "a"}), "multipart/form-data; boundary=edge; charset=idna"
    ),
    "parts without an edge": send(b"a", "multipart/form-data"),
    "a thousand million lines": send("form-TOTAL_FORMS=1000000000&form-INITIAL_FORMS=0"),
    "a number of lines in another spelling": send("form-TOTAL_FORMS=1_9_9_9&form-INITIAL_FORMS=0"),
    "a number of lines with a sign": send("form-TOTAL_FORMS=%2B1999&form-INITIAL_FORMS=0"),
    "too many lines in all": send("a-TOTAL_FORMS=400&b-TOTAL_FORMS=400"),
    "a number of lines past 64 bits": send(f"memberships-TOTAL_FORMS={PAST_64_BITS}"),
    "a header with an escape": with_headers(**{"Idempotency-Key": "a\x1bb"}),
    "a length that is no number": lambda client, address: client.post(
        address, b"", FORM, CONTENT_LENGTH="much"
    ),
}
#: What the API reads by its own types; the pages' rules are these.
REFUSED_BY_PAGES: dict[str, Ask] = {
    "a number past 64 bits": ask(f"id__exact={PAST_64_BITS}"),
    "a number of a hundred digits": ask(f"page={'9' * 100}"),
    "a year past the calendar": ask("starts_at__year=10000"),
    "the year zero": ask("starts_at__year__gte=0"),
    "a list until the last day": ask("starts_at__gte=2026-01-01&starts_at__lt=9999-12-31"),
    "a list from the first day": ask("starts_at__gte=0001-01-01+00:00"),
    "30 February": ask("starts_at__year=2026&starts_at__month=2&starts_at__day=30"),
    "fifty numbers": ask("q=" + "+".join(str(one) for one in range(50))),
}
SURVIVED: dict[str, Ask] = {
    "the last day": ask("on=9999-12-31&starts=22:00&ends=23:45"),
    "the first instant": ask("at=0001-01-01T00:00%2B14:00/0001-01-01T01:00%2B14:00"),
    "nonsense for numbers": ask("p=-1&o=9.x.-&page=x&people=1e9&latitude=nan&longitude=inf&all=1"),
    "many words": ask("q=" + "+".join("a" * 40)),
    "the last day in a form": send("on=9999-12-31&starts=22:00&ends=23:00&form-TOTAL_FORMS=1"),
    "a number past 64 bits in a form": send(
        f"action=delete_selected&_selected_action={PAST_64_BITS}&id={PAST_64_BITS}&pk={PAST_64_BITS}"
    ),
}
#: What says nothing to the engine of rows: one engine is enough.
SURVIVED_ONCE: dict[str, Ask] = {
    "an unknown look-up": ask("a__b__c=1&_to_field=password&_popup=1&e=1"),
    "deep JSON": send("[" * 900 + "]" * 900, "application/json"),
    "parts that end early": send(b"--edge\r\nContent-Disp", "multipart/form-data; boundary=edge"),
    "a cookie with NUL": with_headers(
        Cookie=r'sessionid="\000\000\000\000\000\000\000\000\000\000"; django_language="\000"'
    ),
    "headers of nobody": with_headers(
        **{
            "Accept-Language": "x" * 5_000,
            "Authorization": "Bearer \xff",
            "If-Modified-Since": "yesterday",
            "If-None-Match": '"',
            "X-Forwarded-For": "not, an, address",
            "X-Request-ID": "é" * 300,
            "HX-Request": "true",
            "HX-Current-URL": "http://[",
            "Referer": "http://[",
            "Range": "bytes=9-1",
        }
    ),
    **{method: by(method) for method in ("HEAD", "OPTIONS", "DELETE")},
}


def assert_refused_in_words(answer: Any, address: str, *statuses: int) -> None:
    assert answer.status_code in statuses, (address, answer.status_code)
    words = "<h1>" if "problem" not in answer["Content-Type"] else '"detail":'
    assert words in answer.content.decode(), address


@pytest.mark.once
@pytest.mark.parametrize("odd", REFUSED.values(), ids=REFUSED)
def test_what_nobody_sends_is_refused_everywhere(odd: Ask) -> None:
    world = make_world()
    client = world.client(TEAM)

    for route in routes():
        address = filled(route, world)
        assert_refused_in_words(odd(client, address), address, 400)


@pytest.mark.parametrize("odd", REFUSED_BY_PAGES.values(), ids=REFUSED_BY_PAGES)
def test_what_no_page_can_mean_is_refused(odd: Ask) -> None:
    world = make_world()
    client = world.client(TEAM)

    for route in routes():
        address = filled(route, world)
        answer = odd(client, address)
        if address.startswith("/api/"):
            assert answer.status_code < 500, address
        else:
            assert_refused_in_words(answer, address, 400)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    "odd",
    [
        *(pytest.param(odd, id=name) for name, odd in SURVIVED.items()),
        *(
            pytest.param(odd, id=name, marks=pytest.mark.once)
            for name, odd in SURVIVED_ONCE.items()
        ),
    ],
)
def test_what_is_only_strange_breaks_nothing(odd: Ask, who: str) -> None:
    world = make_world()
    client = world.client(who)

    broken = [
        address
        for route in routes_of(who)
        if odd(client, address := filled(route, world)).status_code >= 500
    ]

    assert broken == []


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("word", [PAST_64_BITS, "-1", "_00", "%FF", ".."])
def test_what_is_not_there_breaks_nothing(word: str, who: str) -> None:
    world = make_world()
    client = world.client(who)

    broken = [
        address
        for route in routes_of(who)
        if "<" in route and client.get(address := PARAMETER.sub(word, route)).status_code >= 500
    ]

    assert broken == []


@pytest.mark.once
@pytest.mark.parametrize("method", ["TRACE", "BREW"])
def test_a_method_that_no_page_has_is_refused_in_words(method: str) -> None:
    world = make_world()
    client = world.client(NOBODY)

    for route in routes():
        address = filled(route, world)
        answer = client.generic(method, address)
        assert_refused_in_words(answer, address, 404 if "/api/" in address else 405, 405)


def test_a_page_that_takes_no_form_says_so_and_what_it_takes() -> None:
    answer = Client().post("/search/", headers={"accept-language": "en"})

    assert_refused_in_words(answer, "/search/", 405)
    assert answer["Allow"] == "GET, HEAD"
    assert "This address is asked otherwise" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "size"), [("/account/", 1_000_001), ("/admin/", 16_000_001), ("/api/v1/me", 10**9)]
)
def test_a_body_is_refused_by_its_announced_length(address: str, size: int) -> None:
    answer = with_body_of(size)(Client(), address)

    assert_refused_in_words(answer, address, 413)


@pytest.mark.parametrize("address", ["/places/?q=a%00", "/api/v1/sites?q=a%00"])
def test_a_refusal_is_in_the_readers_language(address: str) -> None:
    french = Client().get(address, headers={"accept-language": "fr"}).content.decode()
    english = Client().get(address, headers={"accept-language": "en"}).content.decode()

    assert "l’adresse ou le formulaire" in french.lower()
    assert "the address or the form" in english.lower()


def test_text_as_people_write_it_is_not_odd() -> None:
    text = "Un\r\n\tDeuxième – « né le 1 er »\u00a0; 你好 👩🏽‍💻\u2028 12345678901234567890"

    request = RequestFactory().post("/", {"note": text})
    answer = OddInput(lambda request: HttpResponse(request.POST["note"]))(request)

    assert answer.content.decode() == text


def test_a_cookie_that_cannot_be_read_is_as_good_as_none() -> None:
    client = Client(headers={"cookie": r'sessionid="\000aaaaaaaaaaaa"'})

    assert client.get("/account/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize("model", ["network/commune", "bookings/booking", "auth/group"])
def test_numbers_past_64_bits_in_a_form_are_refused_by_whoever_finds_them(model: str) -> None:
    client = make_world().client(TEAM)

    form = {"action": "delete_selected", "_selected_action": [PAST_64_BITS]}
    answer = client.post(f"/admin/{model}/", form)

    assert answer.status_code < 500


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_closure_out_of_the_calendar_is_refused_beside_its_field(year: str) -> None:
    world = make_world()
    page = filled("/admin/sites/site/<path:object_id>/change/", world)
    client = world.client(TEAM)
    counts = {
        f"{name}-{kind}_FORMS": "0"
        for name in ("opening_hours", "closures", "stops", "spaces", "photos")
        for kind in ("TOTAL", "INITIAL")
    }
    closure = {
        "closures-TOTAL_FORMS": "1",
        "closures-0-starts_at_0": f"{year}-12-31" if year == "9999" else f"{year}-01-01",
        "closures-0-starts_at_1": "00:00",
        "closures-0-ends_at_0": f"{year}-12-31",
        "closures-0-ends_at_1": "23:59",
        "closures-0-reason": "Travaux",
    }

    answer = client.post(page, counts | closure)

    assert answer.status_code == 200
    errors = answer.context["inline_admin_formsets"][1].formset.errors[0]
    assert set(errors) >= {"starts_at", "ends_at"}
    assert not Closure.objects.exists()


@pytest.mark.parametrize("error", [OverflowError(), DataError()])
def test_what_only_the_database_finds_too_large_is_refused(error: Exception) -> None:
    middleware = OddInput(lambda request: HttpResponse())

    refusal = middleware.process_exception(RequestFactory().get("/"), error)
    bug = middleware.process_exception(RequestFactory().get("/"), ValueError())

    assert refusal is not None
    assert refusal.status_code == 400
    assert bug is None


@pytest.mark.parametrize("name", ["%00", "a%0ab", "%ff", "../../etc/passwd", "a" * 300, "a/" * 200])
@pytest.mark.parametrize("folder", ["media", "static"])
def test_files_of_odd_names_are_not_looked_for(
    folder: str, name: str, settings: Settings, tmp_path: Any
) -> None:
    media = re_path("^media/(?P<path>.*)$", serve, {"document_root": tmp_path})
    settings.ROOT_URLCONF = (media, *urlpatterns)

    answer = Client(raise_request_exception=False).get(f"/{folder}/{name}")

    assert answer.status_code in (400, 404)
