"""A booking is changed in the hours of its site; what cannot be is said where it was typed."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Booking
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    TUESDAY,
    interval,
    make_space,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING = interval(TUESDAY, "08:00", "12:00")


def booked(person: User, space: Space | None = None, times: Interval = MORNING) -> Booking:
    return book_for(person, space or make_space(), times)


def times_fields(starts: str, ends: str, on: str = "2026-11-24") -> dict[str, str]:
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-on": on,
        "form-0-starts": starts,
        "form-0-ends": ends,
        "people": "1",
        "note": "",
    }


def test_times_are_changed_in_the_sites_own_hours(client: Client, person: User) -> None:
    booking = booked(person)

    response = client.post(
        reverse("booking-change", args=[booking.reference]), times_fields("09:00", "11:00")
    )

    booking.refresh_from_db()
    assert response.status_code == 302
    assert booking.interval == interval(TUESDAY, "09:00", "11:00")


@pytest.mark.parametrize(
    ("starts", "ends", "on", "field"),
    [
        ("20:00", "23:00", "2026-11-24", "starts"),
        ("10:00", "23:00", "2026-11-24", "ends"),
        ("10:00", "12:00", "2026-11-29", "on"),
    ],
)
def test_of_hours_outside_the_sites_own_the_one_to_correct_is_told(
    client: Client, person: User, starts: str, ends: str, on: str, field: str
) -> None:
    booking = booked(person)

    response = client.post(
        reverse("booking-change", args=[booking.reference]), times_fields(starts, ends, on)
    )

    assert response.status_code == 409
    assert response.context["times"].forms[0].errors.keys() == {field}


def test_a_change_that_cannot_be_says_why_and_keeps_what_was_typed(
    client: Client, person: User
) -> None:
    booking = booked(person)

    response = client.post(
        reverse("booking-change", args=[booking.reference]), times_fields("20:00", "23:00")
    )

    booking.refresh_from_db()
    assert response.status_code == 409
    words = "Le site n’est pas ouvert pendant tout ce temps le mardi 24 novembre"
    assert response.context["times"].forms[0].errors["starts"][0].startswith(words)
    assert response.context["times"].forms[0]["starts"].value() == "20:00"
    assert booking.interval == MORNING


def test_a_change_to_too_many_people_is_refused_at_their_field(
    client: Client, person: User
) -> None:
    booking = booked(person, make_space(units=3))
    fields = times_fields("08:00", "12:00") | {"people": "4"}

    response = client.post(reverse("booking-change", args=[booking.reference]), fields)

    assert response.status_code == 409
    assert response.context["party"].errors == {"people": ["Cet espace accueille 3 personnes."]}
    page = html.unescape(response.content.decode())
    assert page.count("Cet espace accueille 3 personnes.") == 2
    assert 'href="#id_people"' in page


def test_each_of_several_times_is_told_over_its_fields(client: Client, person: User) -> None:
    later = interval(TUESDAY + timedelta(days=7), "08:00", "12:00")
    booking = book_for(person, make_space(), MORNING, later)

    page = client.get(reverse("booking-change", args=[booking.reference])).content.decode()

    assert "<legend>Horaire 1\xa0: mardi 24 novembre</legend>" in html.unescape(page)
    assert "<legend>Horaire 2\xa0: mardi 1ᵉʳ décembre</legend>" in html.unescape(page)


def test_a_refusal_of_one_of_several_times_is_told_on_top(client: Client, person: User) -> None:
    later = interval(TUESDAY + timedelta(days=7), "08:00", "12:00")
    booking = book_for(person, make_space(), MORNING, later)
    fields = times_fields("08:00", "12:00") | {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-1-on": "2026-12-01",
        "form-1-starts": "20:00",
        "form-1-ends": "22:00",
    }

    response = client.post(reverse("booking-change", args=[booking.reference]), fields)

    assert response.status_code == 409
    assert response.context["refusal"].code == "outside_opening_hours"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 409),
        ({"form-TOTAL_FORMS": ""}, 409),
        ({"form-TOTAL_FORMS": "x"}, 400),
        (times_fields("", "11:00"), 409),
        (times_fields("9", "x"), 409),
    ],
)
def test_a_broken_change_form_changes_nothing(
    client: Client, person: User, fields: dict[str, str], status: int
) -> None:
    booking = booked(person)

    response = client.post(reverse("booking-change", args=[booking.reference]), fields)

    booking.refresh_from_db()
    assert response.status_code == status
    assert booking.sequence == 0
