"""A booking to try things on."""

from typing import Any

from bookings.actions import book
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.factories import NOW, TUESDAY, interval, make_user


def book_for(person: User, space: Space, *times: Interval, **fields: Any) -> Booking:
    """Have `person` book `space` themselves, now."""
    wish = Wish(space_id=space.pk, intervals=times, **fields)
    return book(wish=wish, person=person, by=person, now=NOW)


def booked(space: Space, person: User | None = None) -> Booking:
    """Give `person` Tuesday morning in `space`."""
    return book_for(person or make_user(), space, interval(TUESDAY, "09:00", "12:00"))
