"""Whoever gets a booking's `calendar_url` can fetch it, with the same token."""

from typing import Any

import icalendar
import pytest
from django.test import Client

from bookings.actions import cancel
from bookings.models import Booking
from tests.api.calls import Program, assert_problem, make_token, program_of, wish
from tests.factories import NOW, make_manager, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def booked(program: Program, **fields: Any) -> dict[str, Any]:
    body: dict[str, Any] = program.post("/bookings", wish(make_space().pk, **fields)).json()
    return body


def fetch(address: str, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().get(address, headers=headers)


def test_the_address_opens_with_the_token_that_got_it() -> None:
    token = make_token(make_user(), "read", "book")
    body = booked(Program(token))

    answer = fetch(body["calendar_url"], token)

    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert event["UID"] == f"{body['reference']}-1@localhost"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_in_the_language_of_the_person(language: str) -> None:
    person = make_user(language=language)
    token = make_token(person, "read", "book")
    body = booked(Program(token))
    cancel(booking=Booking.objects.get(), by=person, now=NOW)

    text = fetch(body["calendar_url"], token).content.decode()

    assert {"fr": "SUMMARY:Annulée\u00a0: ", "en": "SUMMARY:Cancelled: "}[language] in text


def test_it_holds_no_more_than_this_booking() -> None:
    person = make_user()
    token = make_token(person, "read", "book")
    body = booked(Program(token))
    other = booked(Program(token), starts="14:00", ends="16:00")

    text = fetch(body["calendar_url"], token).content.decode()

    assert text.count("BEGIN:VEVENT") == 1
    assert other["reference"] not in text


def test_a_token_that_may_only_book_may_not_look() -> None:
    person = make_user()
    body = booked(program_of(person))

    answer = fetch(body["calendar_url"], make_token(person, "book"))

    assert_problem(answer, 403, "scope_missing")


def test_nobody_else_learns_that_it_exists() -> None:
    body = booked(program_of(make_user()))
    stranger = make_token(make_user(), "read")

    assert_problem(fetch(body["calendar_url"], stranger), 404, "not_found")
    assert_problem(fetch(body["calendar_url"]), 401, "unauthorised")
    assert_problem(fetch(body["calendar_url"], "mlg_false"), 401, "unauthorised")


def test_the_manager_who_welcomes_and_a_session_of_the_site_get_it_too(client: Client) -> None:
    site, person = make_site(), make_user()
    body = program_of(person).post("/bookings", wish(make_space(site).pk)).json()
    client.force_login(person)

    as_manager = fetch(body["calendar_url"], make_token(make_manager(site), "read"))
    in_session = client.get(body["calendar_url"])

    assert [as_manager.status_code, in_session.status_code] == [200, 200]
