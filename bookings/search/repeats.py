"""The same again: the next time the clocks and the weekday of a booking come round."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, DateTimeField, QuerySet, Subquery

from bookings.admission import refuse_not_open
from bookings.models import Allocation, Booking, BookingQuerySet
from bookings.rules import days_of, last_bookable
from network.errors import Refusal
from network.models import User
from network.sql import Given, kept
from sites.intervals import Interval
from sites.models import Space
from sites.models.spaces import bookable
from sites.openings import Openings, load_openings
from sites.rules import local_day, local_instant

DAY, WEEK = timedelta(days=1), timedelta(days=7)
#: What is taken for a habit: so many bookings of one desk at most, so long before the last one.
HABIT_BOOKINGS, HABIT = 6, 2 * WEEK


@dataclass(frozen=True)
class Agenda:
    """Where a person is from now on: the times they hold, by kind of space.

    `openings` are of the sites that they have been to, where a page has read them for many.
    """

    now: datetime
    held: Mapping[str, Sequence[Interval]]
    openings: Openings | None = None

    def has_room(self, kind: str, intervals: Iterable[Interval]) -> bool:
        """Tell whether the person holds nothing of that kind at those times."""
        held = self.held.get(kind, ())
        return not any(one.overlaps(other) for one in intervals for other in held)

    def has_whole_days(self, kind: str, intervals: Iterable[Interval], zone: ZoneInfo) -> bool:
        """Tell whether the person holds nothing of that kind on all of those local days."""
        days = {one.starts_at.astimezone(zone).date() for one in intervals}
        return self.has_room(kind, [local_day(day, zone) for day in days])


def agenda_of(
    person: User | AnonymousUser, now: datetime, instead_of: Booking | None = None
) -> Agenda:
    """Return the person's agenda, without a booking that they would give back for another.

    One query, none for a visitor.
    """
    held: dict[str, list[Interval]] = defaultdict(list)
    if isinstance(person, User):
        to_come = Allocation.objects.held_by(person, now)
        if instead_of is not None:
            to_come = to_come.exclude(booking=instead_of)
        for kind, *ends in to_come.values_list("space__kind", "starts_at", "ends_at"):
            held[kind].append(Interval(*ends))
    return Agenda(now, held)


@dataclass(frozen=True)
class Repeat:
    """A past booking and its times, or those it would have next."""

    booking: Booking
    intervals: tuple[Interval, ...]

    @property
    def day(self) -> date:
        """Return the first day of its times, by the clocks of the site."""
        return self.intervals[0].starts_at.astimezone(self.booking.site.zone).date()

    @property
    def last_day(self) -> date:
        """Return the last day of its times."""
        return self.intervals[-1].starts_at.astimezone(self.booking.site.zone).date()


class AskedHabit:
    """What a person uses to book: two queries, to be asked together with something else."""

    def __init__(self, person: User, now: datetime) -> None:
        self.bookings = bookings_of_last_desk().asked(person=person.pk, now=now)
        self.times = times_of_last_desk().asked(person=person.pk, now=now)
        self.statements = self.bookings, self.times

    def found(self) -> list[Repeat]:
        """Return the desk that the person had last, and their other times there.

        Others are of the two weeks before it; each with its times as they were.
        """
        times: dict[int | None, set[Interval]] = defaultdict(set)
        for key, *ends in self.times.rows:
            times[key].add(Interval(*ends))
        had = [
            Repeat(one, tuple(sorted(times[one.pk])))
            for one in self.bookings.rows
            if one.pk in times
        ]
        return [one for one in had if belongs_to(had[0], one)]


def desks_had() -> BookingQuerySet:
    """Return the desks that a person who is told later had, those had last first."""
    return (
        Booking.objects.of(Given("person", BigIntegerField()))
        .active()
        .filter(starts_at__lt=Given("now", DateTimeField()))
        .filter(bookable("space__"), space__kind=Space.Kind.DESK)
        .order_by("-starts_at", "pk")
    )


def last_desk() -> BookingQuerySet:
    """Return the last times that the person had the very desk that they had last."""
    last = Subquery(desks_had().values("space")[:1])
    return desks_had().filter(space=last)[:HABIT_BOOKINGS]


@kept
def bookings_of_last_desk() -> QuerySet[Booking]:
    """Return those bookings with space and site."""
    return last_desk().select_related("space", "site__commune")


@kept
def times_of_last_desk() -> QuerySet[Allocation, tuple[int | None, datetime, datetime]]:
    """Return the times of those bookings, each by its booking's key."""
    last = last_desk().values("pk")
    times = Allocation.objects.kept().filter(booking__in=last)
    return times.values_list("booking_id", "starts_at", "ends_at")


def belongs_to(last: Repeat, one: Repeat) -> bool:
    """Tell whether it is of the same habit as the last one: not long before."""
    return last.booking.starts_at - one.booking.starts_at < HABIT


def same_again(habit: Iterable[Repeat], agenda: Agenda) -> list[Repeat]:
    """Return when the habit could be followed next, one a day, the soonest first.

    Never on a day on which the person has such a place, nor beyond the space's reach.
    """
    coming = (again for had in habit for again in repeats(had, agenda))
    by_day: dict[date, Repeat] = {}
    for one in sorted(coming, key=lambda one: one.intervals):
        by_day.setdefault(one.day, one)
    return list(by_day.values())


def repeat_of(booking: Booking, allocations: Iterable[Allocation], agenda: Agenda) -> Repeat | None:
    """Return the booking with its next times, for whose agenda it is; none beyond its reach.

    Never when its site is closed.
    """
    intervals = tuple(sorted({one.interval for one in allocations}))
    openings = agenda.openings or openings_ahead([booking], agenda.now)
    coming = repeats(Repeat(booking, intervals), agenda)
    return next((one for one in coming if is_open(one, openings)), None)


def openings_ahead(bookings: Sequence[Booking], now: datetime) -> Openings:
    """Return when the sites of some bookings are open as far ahead as these could be repeated."""
    first = now.astimezone(UTC).date() - DAY
    days = max((one.space.advance_days for one in bookings), default=0)
    return load_openings({one.site for one in bookings}, first, first + (days + 2) * DAY)


def is_open(again: Repeat, openings: Openings) -> bool:
    """Tell whether the site is open at all of those times, by the rule that admits them."""
    space, site = again.booking.space, again.booking.site
    space.site = site  # the same row, not read again
    try:
        refuse_not_open(space, days_of(again.intervals, site.zone), openings)
    except Refusal:
        return False
    return True


def repeats(had: Repeat, agenda: Agenda) -> Iterator[Repeat]:
    """Yield the same again, week after week, on days without such a place, within its reach."""
    space, zone = had.booking.space, had.booking.site.zone
    until = last_bookable(space.advance_days, zone, agenda.now)
    times = next_times(had.intervals, zone, agenda.now)
    while times[-1].ends_at <= until:
        if agenda.has_whole_days(space.kind, times, zone):
            yield Repeat(had.booking, times)
        times = next_times(times, zone, agenda.now)


def days_later(instant: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """Return when the clocks of `zone` read the same, so many `days` later."""
    local = instant.astimezone(zone)
    return local_instant(local.date() + days, local.time(), zone)


def next_times(
    intervals: Sequence[Interval], zone: ZoneInfo, now: datetime
) -> tuple[Interval, ...]:
    """Return the same hours of the same weekdays, as soon as they are still to come."""
    by = WEEK
    while days_later(intervals[0].starts_at, by, zone) <= now:
        by += WEEK
    return later(intervals, by, zone)


def later(times: Iterable[Interval], days: timedelta, zone: ZoneInfo) -> tuple[Interval, ...]:
    """Return the same hours so many `days` later, by the clocks of `zone`."""
    return tuple(
        Interval(days_later(one.starts_at, days, zone), days_later(one.ends_at, days, zone))
        for one in times
    )
