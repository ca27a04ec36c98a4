"""Bookings of three mornings, to be given back."""

from datetime import timedelta
from typing import Any

from bookings.models import Booking
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import TUESDAY, at, interval, make_space, make_user

WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
TUE, WED, THU = (interval(day, "09:00", "12:00") for day in (TUESDAY, WEDNESDAY, THURSDAY))
RUNNING = at(TUESDAY, "10:05")  # in the middle of TUE


def booked(space: Space | None = None, *times: Interval, **fields: Any) -> Booking:
    person = fields.pop("person", None) or make_user()
    return book_for(person, space or make_space(), *(times or (TUE, WED, THU)), **fields)


def held(booking: Booking) -> list[Interval]:
    return [one.interval for one in booking.allocations.confirmed().order_by("starts_at")]
