"""Where a refused wish can be had instead."""

from collections.abc import Sequence
from datetime import datetime

from bookings.charges.slots import SlotPrices, slot_prices
from bookings.models import Booking
from bookings.search.previews import MENDED_ELSEWHERE, others_for
from bookings.search.repeats import agenda_of
from bookings.search.where.elsewhere import Elsewhere
from bookings.wishes import Wish
from network.errors import Refusal
from network.models import User
from sites.models import Space


def alternatives_to(
    wish: Wish, person: User, refusal: Refusal, now: datetime, instead_of: Booking | None = None
) -> list[Elsewhere]:
    """Return the nearest other sites with room for what was refused: three at most.

    `instead_of` is the person's booking that was to be changed into it. No query where no other
    site would help, else eight at most.
    """
    if not isinstance(refusal, MENDED_ELSEWHERE):
        return []
    space = Space.objects.select_related("site").get(pk=wish.space_id)
    return others_for(space, wish, agenda_of(person, now, instead_of))


def prices_at(found: Sequence[Elsewhere], person: User, now: datetime) -> SlotPrices | None:
    """Return what tells the prices of other sites to a person: two queries, none of no site."""
    return slot_prices(person, now) if found else None
