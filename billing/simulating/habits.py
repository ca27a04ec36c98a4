"""A regular use of one site: when its visits are, over the four weeks that are reckoned.

Visits off peak are on the last weekdays that have such hours, whole days and then half-days on the
others, from Monday on, first where the site has a morning and an afternoon. A whole day is all of
the site's hours, a half-day its morning, else its afternoon: as they are offered to be booked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from billing.charging.days import monday_of
from billing.grids.tables import Hours
from billing.models import OffPeak, TariffGrid
from billing.prices.durations import first_after_week
from sites.clocks import ends_after
from sites.intervals import Interval
from sites.models import Site, Space
from sites.openings import Openings, load_openings
from sites.rules import half_days, local_span

WEEKS, WEEKDAYS = 4, 5
#: How long a visit off peak lasts, from the first such hour of its day.
VISIT = timedelta(hours=2)


class Sort(StrEnum):
    """What a visit is."""

    DAY = "day"
    HALF_DAY = "half_day"
    OFF_PEAK = "off_peak"


class Visit(NamedTuple):
    """A visit of a site: more than one time where it closes at midday."""

    site: Site
    times: tuple[Interval, ...]
    sort: Sort


#: What is reckoned with on a weekday on which the site tells no hours.
USUAL = {Sort.DAY: (time(9), time(17)), Sort.HALF_DAY: (time(9), time(13))}


@dataclass(frozen=True)
class Habit:
    """So many whole days and half-days a week at one site, and visits at these off-peak hours.

    At most five weekdays together.
    """

    site: Site
    days: int
    half_days: int
    calm: tuple[Hours, ...] = ()
    kind: Space.Kind = Space.Kind.DESK


def weeks_from(habit: Habit, day: date) -> list[list[Visit]]:
    """Return the visits of each of the four weeks after a day, by the site's clocks."""
    first = first_after_week(monday_of(day))
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    openings = load_openings([habit.site], first, mondays[-1] + timedelta(days=WEEKDAYS))
    every = ((*off_peak_of(habit, one), *usual_of(habit, one, openings)) for one in mondays)
    return [sorted(visits, key=lambda visit: visit.times) for visits in every]


def off_peak_of(habit: Habit, monday: date) -> Iterator[Visit]:
    """Yield the visits off peak of the week from a Monday on."""
    for weekday, starts, ends in habit.calm:
        during = local_span(monday + timedelta(days=weekday), starts, ends, habit.site.zone)
        yield Visit(habit.site, (during,), Sort.OFF_PEAK)


def usual_of(habit: Habit, monday: date, openings: Openings) -> Iterator[Visit]:
    """Yield the whole days and half-days of the week from a Monday on."""
    taken = {weekday for weekday, _starts, _ends in habit.calm}
    days = [monday + timedelta(days=one) for one in range(WEEKDAYS) if one not in taken]
    hours = [openings.scheduled(habit.site, day) for day in days]
    fullest = sorted(zip(days, hours, strict=True), key=lambda one: -halves(habit.site, *one))
    sorts = [Sort.DAY] * habit.days + [Sort.HALF_DAY] * habit.half_days
    for (day, open_at), sort in zip(fullest, sorts, strict=False):
        yield Visit(habit.site, times_of(habit.site, day, open_at, sort), sort)


def halves(site: Site, day: date, hours: Sequence[Interval]) -> int:
    """Return how many half-days a site offers in its hours of a day."""
    return sum(map(bool, half_days(hours, day, site.zone)))


def times_of(site: Site, day: date, hours: Sequence[Interval], sort: Sort) -> tuple[Interval, ...]:
    """Return when a visit of a sort is, by the site's hours of that day."""
    morning, afternoon = half_days(hours, day, site.zone)
    times = hours if sort == Sort.DAY else morning or afternoon
    return tuple(times) or (local_span(day, *USUAL[sort], site.zone),)


def calm_visits(grid: TariffGrid | None, kind: Space.Kind = Space.Kind.DESK) -> list[Hours]:
    """Return when a visit off peak is on each weekday that has such hours, from Monday on."""
    rows = OffPeak.objects.filter(grid=grid, kind__in=("", kind), weekday__lt=WEEKDAYS)
    first_last = rows.order_by("weekday", "-starts_at")
    return [*{row.weekday: calm_visit(row) for row in first_last}.values()]


def calm_visit(row: OffPeak) -> Hours:
    """Return the first hours of some that are off peak, on the same day."""
    after = datetime.combine(date.min, row.starts_at) + VISIT
    is_next_day = after.date() > date.min
    ends = row.ends_at if is_next_day or not ends_after(row.ends_at, after.time()) else after.time()
    return row.weekday, row.starts_at, ends
