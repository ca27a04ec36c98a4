"""Pages that do not exist or are not understood are the product's own, with DEBUG and without."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
#: What Django shows a developer.
TECHNICAL = ("urlconf", "URLconf", "DEBUG", "Traceback", "Raised by", "Request URL", "config.urls")
NOWHERE = [
    "/nothing",
    "/nothing/",
    "/sites/nowhere/",
    "/media/nothing.jpg",
    "/admin/r/1/2/",
    "/%C3%A9%20%3Cscript%3E",
    "/a/../b",
    "/.env",
    "/index.php?id=1",
    "/account/nothing/",
]


@pytest.fixture(params=[True, False], ids=["debug", "production"])
def debug(request: pytest.FixtureRequest, settings: Settings) -> bool:
    settings.DEBUG = request.param
    return bool(request.param)


@pytest.mark.usefixtures("debug")
@pytest.mark.parametrize("address", NOWHERE)
@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Cette page n’existe pas"), ("en", "This page does not exist")],
)
def test_a_page_that_does_not_exist_says_so_in_the_readers_language(
    client: Client, address: str, language: str, title: str
) -> None:
    answer = client.get(address, headers={"accept-language": language})

    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in page
    assert f"<h1>{title}</h1>" in page
    assert not [word for word in TECHNICAL if word in page]
    assert "<script>" not in page


#: What every answer bears, whatever it is.
HEADERS = {
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
}


@pytest.mark.usefixtures("debug")
@pytest.mark.parametrize("query", ["", "?at=", "?at=soon", "?on=2026-11-24", "?at=1/2&people=x"])
def test_a_page_that_is_asked_what_makes_no_sense_says_so(client: Client, query: str) -> None:
    address = f"/book/{make_space().pk}/{query}"

    answer = client.get(address, headers={"accept-language": "fr"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<h1>Cette demande n’a pas été comprise</h1>" in page
    assert not [word for word in TECHNICAL if word in page]


@pytest.mark.usefixtures("debug")
@pytest.mark.parametrize("address", ["/nothing", "/sites/nowhere/", "/book/{}/", "/legal/?x=%00"])
def test_a_refusal_bears_the_headers_of_every_page(client: Client, address: str) -> None:
    answer = client.get(address.format(make_space().pk))

    assert answer.status_code in (400, 404)
    assert set(answer.headers) >= HEADERS


@pytest.mark.usefixtures("debug")
def test_there_is_a_way_on(client: Client) -> None:
    page = client.get("/nothing", headers={"accept-language": "fr"}).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]

    assert 'href="/"' in main
    assert 'href="/bookings/"' in main


@pytest.mark.usefixtures("debug")
def test_the_administration_has_no_other(client: Client) -> None:
    client.force_login(make_user("boss@maillage.example", is_staff=True, is_superuser=True))

    answers = [client.get(f"/admin/{path}") for path in ("nothing", "nothing/", "network/x/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert all(b'<main id="main"' in answer.content for answer in answers)


@pytest.mark.usefixtures("debug")
def test_a_form_sent_nowhere_gets_the_same(client: Client) -> None:
    answer = client.post("/nothing", {"name": "Ada"})

    assert answer.status_code == 404
    assert b'<main id="main"' in answer.content


@pytest.mark.usefixtures("debug")
@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/nothing", "/api/v1/sites/nowhere"])
def test_programs_are_answered_as_ever(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


@pytest.mark.usefixtures("debug")
def test_an_address_without_its_slash_is_still_mended(client: Client) -> None:
    answer = client.get("/privacy")

    assert (answer.status_code, answer["Location"]) == (301, "/privacy/")
