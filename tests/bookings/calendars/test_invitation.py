"""The appointment that comes with a mail, read back by another library than the writer's."""

from datetime import timedelta
from typing import Any

import pytest
import vobject

from bookings.actions import cancel
from bookings.calendars import appointments_of, invitation, withdrawal
from bookings.models import Booking
from network.models import User
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = pytest.mark.django_db

MORNING = interval(TUESDAY, "09:00", "12:30")
NEXT_MORNING = interval(TUESDAY + timedelta(days=1), "09:00", "12:30")


def booked(person: User, days: int = 1) -> Booking:
    return book_for(person, make_space(), *(MORNING, NEXT_MORNING)[:days])


def read(text: bytes) -> Any:
    return vobject.readOne(text.decode())


def request_for(booking: Booking) -> Any:
    (appointment,) = appointments_of(Booking.objects.filter(pk=booking.pk))
    return read(invitation(appointment, NOW))


def test_a_request_names_the_network_as_organiser_and_the_person_as_coming() -> None:
    calendar = request_for(booked(make_user(email="lea@maillage.example", name="Léa Klein")))

    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.organizer.value == "mailto:bonjour@maillage.example"
    assert event.organizer.params["CN"] == ["Maillage"]
    assert event.attendee.value == "mailto:lea@maillage.example"
    assert event.attendee.params["CN"] == ["Léa Klein"]
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]


@pytest.mark.parametrize("name", ["Léa, dit; «l:a»", "a\\b", "🚪" * 50])
def test_any_name_is_carried(name: str) -> None:
    calendar = request_for(booked(make_user(name=name)))

    assert calendar.vevent.attendee.params["CN"] == [name]


@pytest.mark.parametrize("name", ['Jean "Jo" Arp', "two\nlines\r\nATTENDEE:mailto:x@y.example"])
def test_no_name_can_add_to_the_calendar(name: str) -> None:
    calendar = request_for(booked(make_user(name=name)))

    assert len(calendar.vevent.attendee_list) == 1
    assert calendar.vevent.attendee.value.startswith("mailto:person")


def test_a_cancellation_has_the_same_uid_and_a_higher_sequence() -> None:
    person = make_user()
    booking = booked(person)
    before = request_for(booking).vevent

    cancelled = cancel(booking=booking, by=person, now=NOW)
    (appointment,) = appointments_of(Booking.objects.filter(pk=cancelled.pk))
    calendar = read(withdrawal(appointment, NOW))

    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.status.value == "CANCELLED"
    assert calendar.vevent.uid.value == before.uid.value
    assert int(calendar.vevent.sequence.value) > int(before.sequence.value)
