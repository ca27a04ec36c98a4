"""The same again: the next time the clocks and the weekday of a booking come round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser

from bookings.models import Allocation, Booking
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from sites.rules import local_instant

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Repeat:
    """A past booking and the times it would have next."""

    booking: Booking
    intervals: tuple[Interval, ...]


def last_desk(person: User | AnonymousUser, now: datetime) -> Repeat | None:
    """Return the desk the person had last, with its next times: one query."""
    if not isinstance(person, User):
        return None
    last = (
        Booking.objects.of(person)
        .active()
        .filter(starts_at__lt=now, space__in=Space.objects.bookable().filter(kind=Space.Kind.DESK))
        .order_by("-starts_at")
    )
    allocations = list(
        Allocation.objects.filter(booking=last.values("pk")[:1])
        .select_related("booking__space", "booking__site__commune")
        .order_by("starts_at")
    )
    return repeat_of(allocations, now) if allocations else None


def repeat_of(allocations: Sequence[Allocation], now: datetime) -> Repeat:
    """Return the booking of those allocations, with its next times."""
    booking = allocations[0].booking
    intervals = sorted({one.interval for one in allocations})
    return Repeat(booking, next_times(intervals, booking.site.zone, now))


def weeks_later(instant: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    """Return when the clocks of `zone` read the same, `weeks` later."""
    local = instant.astimezone(zone)
    return local_instant(local.date() + weeks * WEEK, local.time(), zone)


def next_times(
    intervals: Sequence[Interval], zone: ZoneInfo, now: datetime
) -> tuple[Interval, ...]:
    """Return the same hours of the same weekdays, as soon as they are still to come."""
    weeks = 1
    while weeks_later(intervals[0].starts_at, weeks, zone) <= now:
        weeks += 1
    return tuple(
        Interval(weeks_later(one.starts_at, weeks, zone), weeks_later(one.ends_at, weeks, zone))
        for one in intervals
    )
