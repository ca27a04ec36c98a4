"""A booking to try things on."""

from bookings.actions import book
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.factories import NOW, TUESDAY, interval, make_user


def booked(space: Space, person: User | None = None) -> Booking:
    """Give `person` Tuesday morning in `space`."""
    person = person or make_user()
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:00", "12:00"),))
    return book(wish=wish, person=person, by=person, now=NOW)
