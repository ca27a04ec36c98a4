"""What a search offers, and whether it can be booked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bookings.actions import book
from bookings.search.availability import Offer, find_offers
from bookings.search.candidates import Search
from bookings.wishes import Wish
from network.errors import Refusal
from sites.geo import Point
from sites.intervals import Interval
from sites.models import Space
from tests.factories import NOW, TUESDAY, interval, make_user

MORNING = interval(TUESDAY, "09:00", "12:00")
DESKS = Search(kinds=(Space.Kind.DESK,))
VILLE = Point(48.3427, 7.3029)


def offers(
    wish: Interval = MORNING, search: Search = DESKS, now: datetime = NOW
) -> dict[int, Offer]:
    """Return what is offered, by space."""
    return {offer.space.id: offer for offer in find_offers(search, wish, now)}


def free(space: Space, wish: Interval = MORNING, search: Search = DESKS) -> int:
    """Return how many units are offered, 0 when the space is not."""
    offer = offers(wish, search).get(space.pk)
    return offer.units_free if offer else 0


def take(space: Space, time: Interval, people: int = 1, now: datetime = NOW) -> None:
    person = make_user()
    wish = Wish(space_id=space.pk, intervals=(time,), people=people)
    book(wish=wish, person=person, by=person, now=now)


def can_book(space: Space, times: Sequence[Interval], people: int, now: datetime) -> bool:
    """Tell whether somebody new would get it, and leave nothing."""
    person = make_user()
    wish = Wish(space_id=space.pk, intervals=tuple(times), people=people)
    try:
        with transaction.atomic():
            book(wish=wish, person=person, by=person, now=now)
            transaction.set_rollback(True)
    except Refusal:
        return False
    return True
