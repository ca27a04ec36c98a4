"""The parts of a day that a space can be booked for: what its hours and rules leave of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bookings.rules import GRID, last_bookable, minutes_of, next_on_grid, previous_on_grid
from bookings.search.candidates import SpaceRow
from sites.intervals import Interval
from sites.openings import Openings
from sites.rules import half_days

MINUTE = timedelta(minutes=1)
#: What is offered by the hour is offered for so long, where the space is given for so little.
SHORT = timedelta(minutes=60)


class Part(TextChoices):
    """A part of a day, as people choose it."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    DAY = "day", _("Day")
    HOURS = "hours", _("Free hours")


class Limits(NamedTuple):
    """How long and how far ahead a space is given, by which clocks."""

    min_minutes: int
    max_minutes: int
    advance_days: int
    zone: ZoneInfo


def limits_of(space: SpaceRow) -> Limits:
    """Return the limits of a space: few of a network differ."""
    return Limits(space.min_minutes, space.max_minutes, space.advance_days, space.site.zone)


def bookable_times(openings: Openings, space: SpaceRow, day: date, now: datetime) -> list[Interval]:
    """Return what is left of the space's opening on its local `day`, in quarters of an hour."""
    return on_grid(still_to_come(openings.open_intervals(space.site, day, space.id), now))


def half_day_parts(
    openings: Openings, space: SpaceRow, day: date, now: datetime
) -> dict[Part, list[Interval]]:
    """Return the morning and the afternoon that the space's hours and rules leave to book."""
    bookable = bookable_times(openings, space, day, now)
    if not bookable:
        return {}
    limits = limits_of(space)
    halves = zip(
        (Part.MORNING, Part.AFTERNOON), half_days(bookable, day, space.site.zone), strict=True
    )
    return {part: times for part, times in halves if is_given_for(limits, times, now)}


def is_given_for(limits: Limits, times: Sequence[Interval], now: datetime) -> bool:
    """Tell whether a space of those limits is given for so long, and so far ahead."""
    if not times or not limits.min_minutes <= minutes_of(times) <= limits.max_minutes:
        return False
    return times[-1].ends_at <= last_bookable(limits.advance_days, limits.zone, now)


def shortest_time(space: SpaceRow) -> timedelta:
    """Return the shortest time on the grid that the space is given for."""
    return max(GRID, -(-space.min_minutes * MINUTE // GRID) * GRID)


def longest_time(space: SpaceRow) -> timedelta:
    """Return the longest time on the grid that the space is given for."""
    return space.max_minutes * MINUTE // GRID * GRID


def short_time(space: SpaceRow) -> timedelta:
    """Return for how long the space is offered by the hour: one, or as near as it is given for."""
    return max(shortest_time(space), min(longest_time(space), SHORT))


def still_to_come(intervals: Iterable[Interval], now: datetime) -> list[Interval]:
    """Return what is left of `intervals` from the next quarter of an hour on."""
    start = next_on_grid(now)
    return [
        Interval(max(one.starts_at, start), one.ends_at) for one in intervals if one.ends_at > start
    ]


def on_grid(intervals: Iterable[Interval]) -> list[Interval]:
    """Return `intervals` shortened to quarters of an hour."""
    rounded = (
        Interval(next_on_grid(one.starts_at), previous_on_grid(one.ends_at)) for one in intervals
    )
    return [one for one in rounded if one.starts_at < one.ends_at]
