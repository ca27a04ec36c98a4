"""Every refusal is a problem document of the one table."""

from collections.abc import Iterator

import pytest
from django.test import Client

import api.endpoints.me
import bookings.errors
from api.errors import PROBLEMS
from network.errors import Refusal
from tests.api.calls import Program, assert_problem, make_token, program_of, wish
from tests.factories import make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield kind
    for special in kind.__subclasses__():
        yield from refusals(special)


def test_every_refusal_of_the_domain_is_in_the_table() -> None:
    codes = {kind.code for kind in refusals()}

    assert bookings.errors.NoUnitFree.code in codes
    assert codes <= set(PROBLEMS)


@pytest.mark.parametrize(
    "path",
    ["", "/", "/v1", "/v1/", "/v2/sites", "/v1/nothing", "/v1/sites/", "/v1/sites/a/b"],
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_unknown_address_is_a_problem_too(path: str, method: str) -> None:
    response = getattr(Client(), method)(f"/api{path}", follow=False)

    if path == "":
        assert response.status_code in (301, 404)
        return
    assert_problem(response, 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("delete", "/sites", "GET, HEAD"),
        ("post", "/sites", "GET, HEAD"),
        ("put", "/bookings", "GET, HEAD, POST"),
        ("delete", "/bookings/0000000000", "GET, HEAD, PATCH"),
        ("get", "/bookings/0000000000/cancel", "POST"),
        ("post", "/openapi.json", "GET, HEAD"),
        ("trace", "/me", "GET, HEAD"),
    ],
)
def test_an_unknown_method_is_405_with_those_there_are(method: str, path: str, allow: str) -> None:
    response = getattr(Client(), method)(f"/api/v1{path}")

    assert_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == allow


def test_head_is_answered_like_get_without_a_body() -> None:
    response = Client().head("/api/v1/sites")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b'{"space": NaN}',
        b'{"space": 1, "space": 2}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"space": 1e999999}{',
    ],
)
def test_what_is_not_json_is_400(body: bytes) -> None:
    response = program_of(make_user()).post("/bookings", body)

    assert_problem(response, 400, "malformed_json")


def test_a_number_too_long_to_read_is_refused() -> None:
    body = b'{"space": ' + b"9" * 10_000 + b"}"

    response = program_of(make_user()).post("/bookings", body)

    assert response.status_code in (400, 422)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_media_type_is_415(media_type: str) -> None:
    token = make_token(make_user(), "book")

    response = Client().generic(
        "POST",
        "/api/v1/bookings",
        b'{"space": 1}',
        content_type=media_type,
        headers={"Authorization": f"Bearer {token}"},
    )

    assert_problem(response, 415, "unsupported_media_type")


def test_a_gigantic_body_is_413() -> None:
    body = wish(make_space().pk, note="x" * 1_100_000)

    assert_problem(program_of(make_user()).post("/bookings", body), 413, "too_large")


def test_what_breaks_is_500_and_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(api.endpoints.me, "me_out", breaks)

    response = program_of(make_user()).get("/me")

    assert_problem(response, 500, "internal_error")
    assert b"secret detail" not in response.content
    assert b"Traceback" not in response.content


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Connectez-vous, ou envoyez un jeton valable"),
        ("de", "Melden Sie sich an oder senden Sie ein gültiges Token"),
        ("en", "Sign in, or send a valid token"),
    ],
)
def test_titles_come_in_the_language_asked_for(language: str, title: str) -> None:
    refused = Client().get("/api/v1/me", headers={"Accept-Language": f"{language}, *;q=0.1"})

    assert refused.json()["title"] == title
    assert refused["Content-Language"] == language


def test_a_refusal_names_day_and_hours_as_german_does() -> None:
    program = program_of(make_user())
    program.client = Client(headers={"Accept-Language": "de"})
    sunday = wish(make_space().pk) | {
        "starts_at": "2026-11-29T09:00:00+01:00",
        "ends_at": "2026-11-29T12:00:00+01:00",
    }

    refused = program.post("/bookings", sunday)

    assert refused.status_code == 422
    assert refused.json()["title"] == "Der Standort ist nicht die ganze Zeit geöffnet"
    assert refused.json()["detail"] == "Der Standort ist am Sonntag, 29. November nicht geöffnet."


@pytest.mark.parametrize("name", ["page", "starts_at"])
def test_a_parameter_that_an_operation_does_not_have_is_refused(name: str) -> None:
    response = program_of(make_user()).get("/me", **{name: "1"})

    problem = assert_problem(response, 422, "invalid_request")
    assert problem["errors"][0]["parameter"] == name
    assert Program().get("/sites").status_code == 200
