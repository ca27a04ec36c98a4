"""Where a refused wish can be had instead."""

from datetime import datetime

from bookings.search.previews import MENDED_ELSEWHERE, elsewhere_for
from bookings.search.where.elsewhere import Elsewhere
from bookings.wishes import Wish
from network.errors import Refusal
from network.models import User
from sites.models import Space


def alternatives_to(wish: Wish, person: User, refusal: Refusal, now: datetime) -> list[Elsewhere]:
    """Return the nearest other sites with room for what was refused: three at most.

    No query where no other site would help, else eight at most.
    """
    if not isinstance(refusal, MENDED_ELSEWHERE):
        return []
    space = Space.objects.select_related("site").get(pk=wish.space_id)
    return elsewhere_for(space, wish, person, refusal, now)
