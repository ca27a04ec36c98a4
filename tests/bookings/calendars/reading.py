"""Bookings for calendars, and calendars read back by other libraries than the writer's."""

from datetime import date, timedelta
from typing import Any

import icalendar
import recurring_ical_events
import vobject
from django.test import Client
from django.urls import reverse

from bookings.calendars.feeds import feed_of, token_of
from bookings.models import Allocation, Booking
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_space,
)

WEDNESDAY = TUESDAY + timedelta(days=1)
MORNING = interval(TUESDAY, "09:00", "12:30")


def make_booking(
    person: User, *intervals: Interval, space: Space | None = None, people: int = 1, note: str = ""
) -> Booking:
    """Book as the product does, whatever the day."""
    space = space or make_space(units=people)
    return book_for(person, space, *(intervals or (MORNING,)), people=people, note=note)


def row(person: User, times: Interval, space: Space, **fields: Any) -> Booking:
    """Write a booking that the rules of today would refuse: past, at night, on a Sunday."""
    booking = Booking.objects.create(
        **{
            "site": space.site,
            "space": space,
            "person": person,
            "booked_by": person,
            "status": Booking.Status.CONFIRMED,
            "starts_at": times.starts_at,
            "ends_at": times.ends_at,
            "created_at": NOW - timedelta(days=500),
            "changed_at": NOW - timedelta(days=500),
        }
        | fields
    )
    Allocation.objects.create(
        booking=booking,
        site=space.site,
        space=space,
        unit=space.units.first(),
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        status=Allocation.Status.CONFIRMED,
    )
    return booking


def address_of(person: User) -> str:
    return reverse("calendar-feed", args=[token_of(feed_of(person))])


def feed(person: User) -> bytes:
    answer = Client().get(address_of(person))
    assert answer.status_code == 200
    return bytes(answer.content)


def events(person: User) -> list[Any]:
    return list(vobject.readOne(feed(person).decode()).contents.get("vevent", []))


def day_events(person: User, day: date) -> list[Any]:
    """Return what a calendar application shows on `day`."""
    calendar = icalendar.Calendar.from_ical(feed(person))
    return list(recurring_ical_events.of(calendar).at(day))
