"""What a person has already on the days of a search, of the kind searched: told before results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser

from bookings.models import Allocation, Booking
from network.models import User
from sites.intervals import Interval
from sites.rules import local_day

#: More would push the results out of sight.
MOST_HELD = 3
#: Days of sites on other clocks begin earlier or later.
OTHER_CLOCKS = timedelta(hours=14)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Held:
    """A booking and its times on one day, by the clocks of its site."""

    booking: Booking
    day: date
    intervals: tuple[Interval, ...]


def held_on(
    person: User | AnonymousUser, kind: str, days: Sequence[date], now: datetime
) -> list[Held]:
    """Return what the person holds of that kind on those days, the soonest first, three at most.

    One query, none for a visitor.
    """
    if not isinstance(person, User):
        return []
    first, last = local_day(min(days), UTC), local_day(max(days), UTC)
    window = Interval(first.starts_at - OTHER_CLOCKS, last.ends_at + OTHER_CLOCKS)
    rows = (
        Allocation.objects.held_by(person, now)
        .between(window)
        .filter(space__kind=kind)
        .select_related("booking__space", "booking__site")
        .order_by("starts_at", "booking_id")
    )
    held = []
    for (day, booking), some in groupby(rows, key=lambda one: (day_of(one), one.booking)):
        if booking and day and day in days:
            held.append(Held(booking, day, tuple(dict.fromkeys(one.interval for one in some))))
    return held[:MOST_HELD]


def day_of(allocation: Allocation) -> date | None:
    """Return the day on which it begins, by the clocks of its site."""
    if allocation.booking is None:
        return None
    return allocation.starts_at.astimezone(allocation.booking.site.zone).date()
