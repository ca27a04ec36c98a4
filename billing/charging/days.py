"""A use by the days and weeks of its site, and the places that are used at once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from billing.charging.quotes import Use
from billing.prices.durations import HALF_DAY
from sites.intervals import Interval, envelope, merged
from sites.models import Site
from sites.rules import NOON, local_instant, minus, split_at_midnights

#: Only uses of one kind at one site are reckoned together.
Place = tuple[int, str]


class Spot(NamedTuple):
    """Where and on which local day a pass covers uses together."""

    place: Place
    day: date


class Week(NamedTuple):
    """Where and in which week, from a Monday on, what is owed is reckoned together."""

    place: Place
    monday: date


class Piece(NamedTuple):
    """What a use has of a local day, or of some of a week: some units over some times."""

    units: int
    intervals: tuple[Interval, ...]

    @property
    def span(self) -> Interval:
        """Return its time from its beginning to its end."""
        return envelope(self.intervals)


def place_of(use: Use) -> Place:
    """Return what a use is reckoned together with."""
    return use.site.pk, use.kind


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(spot: Spot) -> Week:
    """Return the week that a day of a place lies in."""
    return Week(spot.place, monday_of(spot.day))


def pieces(use: Use | None) -> dict[date, Piece]:
    """Return what a use has of each local day; nothing of none."""
    if use is None:
        return {}
    days: dict[date, tuple[Interval, ...]] = {}
    for interval in merged(use.intervals):
        for part in split_at_midnights(interval, use.site.zone):
            day = local_date(part.starts_at, use.site)
            days[day] = (*days.get(day, ()), part)
    return {day: Piece(use.units, parts) for day, parts in days.items()}


def local_date(instant: datetime, site: Site) -> date:
    """Return the day of a site on which an instant is."""
    return instant.astimezone(site.zone).date()


def only(use: Use, days: Iterable[Piece]) -> Use:
    """Return the same use at those times alone."""
    return replace(use, intervals=tuple(one for piece in days for one in piece.intervals))


def layers(some: Sequence[Piece], paid: Sequence[Piece] = ()) -> list[list[Interval]]:
    """Return the times of each place that is used: the first has those of all uses.

    What is `paid` already has as many places less.

    >>> [len(one) for one in layers([Piece(2, ()), Piece(1, ())])]
    [0, 0]
    """
    most = max((piece.units for piece in some), default=0)
    return [minus(times_of(some, place), times_of(paid, place)) for place in range(most)]


def times_of(some: Iterable[Piece], place: int) -> list[Interval]:
    """Return when one of the places is used, the first having the number 0."""
    return merged(one for piece in some if piece.units > place for one in piece.intervals)


def half_days(some: Sequence[Piece], zone: ZoneInfo) -> int:
    """Return the half-days of a pass that uses of one day take together, by those clocks.

    Of each place one if all is one half-day, else two.
    """
    return sum(1 if is_half_day(envelope(times), zone) else 2 for times in layers(some))


def is_half_day(span: Interval, zone: ZoneInfo) -> bool:
    """Tell whether a pass takes a time of one day as one half: a morning, an afternoon, or as long.

    However late a site closes, what it offers as its afternoon is one.
    """
    noon = local_instant(span.starts_at.astimezone(zone).date(), NOON, zone)
    return span.length <= HALF_DAY or span.ends_at <= noon or span.starts_at >= noon
