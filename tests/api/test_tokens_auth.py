"""Who is let in: sessions, tokens and their scopes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.models import ApiToken
from tests.api.calls import Program, assert_problem, make_token, program_of, wish
from tests.factories import NOW, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
READS = ["/me", "/bookings", "/bookings/0000000000"]


@pytest.mark.parametrize("path", READS)
def test_without_session_or_token_nothing_personal_is_answered(path: str) -> None:
    response = Program().get(path)

    assert_problem(response, 401, "unauthorised")
    assert response["WWW-Authenticate"] == 'Bearer realm="Maillage"'


@pytest.mark.parametrize("path", [*READS, "/sites", "/availability"])
def test_an_unknown_token_is_refused_everywhere(path: str) -> None:
    response = Program("made-up").get(path)

    assert_problem(response, 401, "unauthorised")
    assert response["WWW-Authenticate"] == 'Bearer realm="Maillage", error="invalid_token"'


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": NOW},
        {"expires_at": NOW - timedelta(days=1)},
        {"revoked_at": NOW - timedelta(days=1)},
    ],
)
@pytest.mark.parametrize("path", ["/me", "/sites"])
def test_an_expired_or_revoked_token_is_refused(path: str, fields: dict[str, Any]) -> None:
    token = make_token(make_user(), "read", **fields)

    assert_problem(Program(token).get(path), 401, "unauthorised")


def test_the_token_of_somebody_who_left_is_refused() -> None:
    person = make_user()
    program = program_of(person)
    person.is_active = False
    person.save()

    assert_problem(program.get("/me"), 401, "unauthorised")


@pytest.mark.parametrize("header", ["Basic dTpw", "Bearer", "Bearer ", "Token x", "x", "Bearer é"])
def test_another_kind_of_authorization_is_refused(header: str) -> None:
    response = Client().get("/api/v1/me", headers={"Authorization": header})

    assert_problem(response, 401, "unauthorised")


def test_the_word_bearer_may_be_written_in_any_case() -> None:
    token = make_token(make_user(), "read")

    response = Client().get("/api/v1/me", headers={"Authorization": f"bearer {token}"})

    assert response.status_code == 200


def test_reading_needs_read_and_booking_needs_book() -> None:
    person, space = make_user(), make_space()
    reader, booker = program_of(person, "read"), program_of(person, "book")

    assert_problem(booker.get("/me"), 403, "scope_missing")
    assert_problem(booker.get("/bookings"), 403, "scope_missing")
    refused = reader.post("/bookings", wish(space.pk))
    assert_problem(refused, 403, "scope_missing")
    assert 'scope="book"' in refused["WWW-Authenticate"]
    made = booker.post("/bookings", wish(space.pk))
    assert made.status_code == 201
    path = f"/bookings/{made.json()['reference']}"
    assert_problem(booker.get(path), 403, "scope_missing")
    assert_problem(reader.patch(path, {"note": "x"}), 403, "scope_missing")
    assert_problem(reader.post(f"{path}/cancel"), 403, "scope_missing")


def test_what_is_public_needs_no_scope() -> None:
    assert program_of(make_user(), "book").get("/sites").status_code == 200


def test_a_session_reads_and_writes_with_its_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    client.get("/api/v1/docs")
    body = wish(make_space().pk)

    assert client.get("/api/v1/me").status_code == 200
    without = client.post("/api/v1/bookings", body, content_type="application/json")
    assert_problem(without, 403, "csrf_failed")
    secret = "a" * 32
    client.cookies["csrftoken"] = secret
    with_token = client.post(
        "/api/v1/bookings",
        body,
        content_type="application/json",
        headers={"X-CSRFToken": secret},
    )
    assert with_token.status_code == 201


def test_a_bad_token_is_not_saved_by_a_good_session() -> None:
    client = Client()
    client.force_login(make_user())

    response = client.get("/api/v1/me", headers={"Authorization": "Bearer made-up"})

    assert_problem(response, 401, "unauthorised")


def test_a_token_needs_no_csrf_token_even_beside_a_session() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    token = make_token(make_user(), "book")

    response = client.post(
        "/api/v1/bookings",
        wish(make_space().pk),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert response.status_code == 201


def test_the_last_use_is_kept_to_a_quarter_of_an_hour(frozen: Any) -> None:
    program = program_of(make_user())
    program.get("/me")
    first = ApiToken.objects.get().last_used_at

    frozen.shift(timedelta(minutes=15))
    program.get("/me")
    soon = ApiToken.objects.get().last_used_at
    frozen.shift(timedelta(seconds=1))
    program.get("/me")

    assert first == soon == NOW
    assert ApiToken.objects.get().last_used_at == NOW + timedelta(minutes=15, seconds=1)


def test_token_and_person_are_one_query() -> None:
    program = program_of(make_user())
    program.get("/me")

    with CaptureQueriesContext(connection) as captured:
        program.get("/bookings")

    assert len(captured) == 2
    assert "network_apitoken" in captured[0]["sql"]
