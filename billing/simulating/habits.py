"""A regular use of one site: when its visits are, over the four weeks that are reckoned.

Visits off peak are on the last weekdays on which the site is open in such hours; whole days and
then half-days on the others, from Monday on, first where the site has a morning and an afternoon. A
whole day is all of the site's hours, a half-day its morning, else its afternoon: as they are
offered to be booked.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from billing.charging.days import monday_of
from billing.grids.tables import Hours
from billing.models import OffPeak, TariffGrid
from billing.prices.durations import first_after_week
from sites.intervals import Interval
from sites.models import Site, Space
from sites.openings import Openings, load_openings
from sites.rules import half_days, local_span

WEEKS, WEEKDAYS = 4, 5
#: How long a visit off peak lasts, where the site is open so long in such hours.
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
    """So many whole days and half-days a week at one site, and visits in off-peak hours.

    At most five weekdays together; visits off peak on as many as the site is open in such hours.
    """

    site: Site
    days: int
    half_days: int
    calm: int = 0
    off_peak: tuple[Hours, ...] = ()
    kind: Space.Kind = Space.Kind.DESK


def weeks_from(habit: Habit, day: date) -> list[list[Visit]]:
    """Return the visits of each of the four weeks after a day, by the site's clocks."""
    mondays = mondays_after(day)
    openings = load_openings([habit.site], mondays[0], mondays[-1] + timedelta(days=WEEKDAYS))
    every = (visits_of(habit, one, openings) for one in mondays)
    return [sorted(visits, key=lambda visit: visit.times) for visits in every]


def mondays_after(day: date) -> list[date]:
    """Return the Mondays of the weeks that are reckoned."""
    first = first_after_week(monday_of(day))
    return [first + timedelta(weeks=number) for number in range(WEEKS)]


def visits_of(habit: Habit, monday: date, openings: Openings) -> list[Visit]:
    """Return the visits of the week from a Monday on: those off peak, then the usual ones."""
    calm = calm_times(habit.site, habit.off_peak, monday, openings)
    chosen = calm[len(calm) - habit.calm :] if habit.calm < len(calm) else calm
    taken = {one.starts_at.astimezone(habit.site.zone).date() for one in chosen}
    off_peak = [Visit(habit.site, (one,), Sort.OFF_PEAK) for one in chosen]
    return [*off_peak, *usual_of(habit, monday, taken, openings)]


def most_calm(site: Site, off_peak: Sequence[Hours], day: date) -> int:
    """Return on how many weekdays of each week after a day a site is open in off-peak hours."""
    mondays = mondays_after(day)
    openings = load_openings([site], mondays[0], mondays[-1] + timedelta(days=WEEKDAYS))
    return min(len(calm_times(site, off_peak, one, openings)) for one in mondays)


def calm_times(
    site: Site, off_peak: Sequence[Hours], monday: date, openings: Openings
) -> list[Interval]:
    """Return when a visit off peak is on each weekday on which the site is open in such hours."""
    days = [monday + timedelta(days=one) for one in range(WEEKDAYS)]
    told = {day: openings.scheduled(site, day) for day in days}
    usual = [] if any(told.values()) else [USUAL[Sort.DAY]]
    every = (
        calm_time(
            [*told[day], *(local_span(day, *hours, site.zone) for hours in usual)],
            [
                local_span(day, starts, ends, site.zone)
                for weekday, starts, ends in off_peak
                if weekday == day.weekday()
            ],
        )
        for day in days
    )
    return [one for one in every if one]


def calm_time(open_at: Sequence[Interval], off_peak: Sequence[Interval]) -> Interval | None:
    """Return the most of two hours off peak in which the site is open: the first of as long."""
    common = [part for one in open_at for calm in off_peak if (part := one.clipped_to(calm))]
    times = [Interval(one.starts_at, min(one.ends_at, one.starts_at + VISIT)) for one in common]
    return min(times, key=lambda one: (-one.length, one.starts_at), default=None)


def usual_of(
    habit: Habit, monday: date, taken: Container[date], openings: Openings
) -> Iterator[Visit]:
    """Yield the whole days and half-days of the week from a Monday on, on days not taken."""
    week = (monday + timedelta(days=one) for one in range(WEEKDAYS))
    days = [day for day in week if day not in taken]
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


def off_peak_hours(grid: TariffGrid | None, kind: Space.Kind = Space.Kind.DESK) -> list[Hours]:
    """Return the hours of weekdays that are off peak for a kind of space, from Monday on."""
    rows = OffPeak.objects.filter(grid=grid, kind__in=("", kind), weekday__lt=WEEKDAYS)
    return list(
        rows.order_by("weekday", "starts_at").values_list("weekday", "starts_at", "ends_at")
    )
