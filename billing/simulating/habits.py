"""A regular use of one site: when its visits are, over the four weeks that are reckoned.

Visits off peak are on the last weekdays that have such hours, whole days and then half-days on the
others, from Monday on.
"""

from collections.abc import Iterator
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
from sites.rules import local_span

WEEKS, WEEKDAYS = 4, 5
DAY, HALF_DAY = (time(9), time(17)), (time(9), time(13))
#: How long a visit off peak lasts, from the first such hour of its day.
VISIT = timedelta(hours=2)


class Sort(StrEnum):
    """What a visit is."""

    DAY = "day"
    HALF_DAY = "half_day"
    OFF_PEAK = "off_peak"


class Visit(NamedTuple):
    """A visit of a site."""

    site: Site
    during: Interval
    sort: Sort


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
    return [sorted(visits_of(habit, one), key=lambda visit: visit.during) for one in mondays]


def visits_of(habit: Habit, monday: date) -> Iterator[Visit]:
    """Yield the visits of the week from a Monday on."""
    for sort, (weekday, starts, ends) in hours_of(habit):
        day = monday + timedelta(days=weekday)
        yield Visit(habit.site, local_span(day, starts, ends, habit.site.zone), sort)


def hours_of(habit: Habit) -> Iterator[tuple[Sort, Hours]]:
    """Yield the hours of a habit on each of its weekdays."""
    taken = {weekday for weekday, _starts, _ends in habit.calm}
    left = [weekday for weekday in range(WEEKDAYS) if weekday not in taken]
    yield from ((Sort.OFF_PEAK, hours) for hours in habit.calm)
    usual = [(Sort.DAY, DAY)] * habit.days + [(Sort.HALF_DAY, HALF_DAY)] * habit.half_days
    for weekday, (sort, hours) in zip(left, usual, strict=False):
        yield sort, (weekday, *hours)


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
