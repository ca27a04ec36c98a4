"""Holds to try things on."""

from datetime import datetime, timedelta
from typing import Any

from bookings.holds.holding import caller_of, hold
from bookings.models import Hold
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.factories import NOW, TUESDAY, interval

MORNING = interval(TUESDAY, "09:00", "12:00")
SECOND = timedelta(seconds=1)
END = NOW + timedelta(minutes=15)


def wish_for(space: Space, *times: Interval, **fields: Any) -> Wish:
    return Wish(space_id=space.pk, intervals=times or (MORNING,), **fields)


def held(
    space: Space,
    *times: Interval,
    email: str = "",
    caller: str = "192.0.2.1",
    session: str = "",
    now: datetime = NOW,
    **fields: Any,
) -> Hold:
    """Hold Tuesday morning, or other times, in `space`: a visitor of whom nothing was known."""
    wish = wish_for(space, *times, **fields)
    return hold(wish=wish, email=email, caller=caller_of(caller), session=session, now=now)
