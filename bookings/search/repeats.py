"""The same again: the next time the clocks and the weekday of a booking come round."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser

from bookings.models import Allocation, Booking
from bookings.rules import last_bookable
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from sites.rules import local_instant

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Agenda:
    """Where a person is from now on: the times they hold, by kind of space."""

    now: datetime
    held: Mapping[str, Sequence[Interval]]

    def has_room(self, kind: str, intervals: Iterable[Interval]) -> bool:
        """Tell whether the person holds nothing of that kind at those times."""
        held = self.held.get(kind, ())
        return not any(one.overlaps(other) for one in intervals for other in held)


def agenda_of(person: User | AnonymousUser, now: datetime) -> Agenda:
    """Return the person's agenda: one query, none for a visitor."""
    held: dict[str, list[Interval]] = defaultdict(list)
    if isinstance(person, User):
        to_come = Allocation.objects.held_by(person, now)
        for kind, *ends in to_come.values_list("space__kind", "starts_at", "ends_at"):
            held[kind].append(Interval(*ends))
    return Agenda(now, held)


@dataclass(frozen=True)
class Repeat:
    """A past booking and the times it would have next."""

    booking: Booking
    intervals: tuple[Interval, ...]


def last_desk(person: User | AnonymousUser, now: datetime) -> Repeat | None:
    """Return the desk the person had last, with its next times: two queries."""
    if not isinstance(person, User):
        return None
    last = (
        Booking.objects.of(person)
        .active()
        .filter(starts_at__lt=now, space__in=Space.objects.bookable().filter(kind=Space.Kind.DESK))
        .order_by("-starts_at")
    )
    allocations = list(
        Allocation.objects.kept()
        .filter(booking=last.values("pk")[:1])
        .select_related("booking__space", "booking__site__commune")
        .order_by("starts_at")
    )
    booking = allocations[0].booking if allocations else None
    if booking is None:
        return None
    return repeat_of(booking, allocations, agenda_of(person, now))


def repeat_of(booking: Booking, allocations: Iterable[Allocation], agenda: Agenda) -> Repeat | None:
    """Return the booking with its next times, for whose agenda it is; none beyond its reach."""
    intervals = sorted({one.interval for one in allocations})
    space, zone = booking.space, booking.site.zone
    until = last_bookable(space.advance_days, zone, agenda.now)
    times = next_times(intervals, zone, agenda.now)
    while times[-1].ends_at <= until:
        if agenda.has_room(space.kind, times):
            return Repeat(booking, times)
        times = next_times(times, zone, agenda.now)
    return None


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
