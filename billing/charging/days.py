"""A use by the days of its site, and the places that are used at once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from billing.charging.quotes import Use
from billing.prices.durations import HALF_DAY
from sites.intervals import Interval, envelope, merged
from sites.models import Site
from sites.rules import NOON, local_instant, split_at_midnights

#: Only uses of one kind at one site are reckoned together.
Place = tuple[int, str]


class Spot(NamedTuple):
    """Where and on which local day uses are reckoned together."""

    place: Place
    day: date


class Piece(NamedTuple):
    """What a use has of one local day: some units over some times."""

    units: int
    intervals: tuple[Interval, ...]

    @property
    def ends_at(self) -> datetime:
        """Return when it is over."""
        return max(one.ends_at for one in self.intervals)


def place_of(use: Use) -> Place:
    """Return what a use is reckoned together with."""
    return use.site.pk, use.kind


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


def layers(some: Sequence[Piece]) -> list[list[Interval]]:
    """Return the times of each place that is used: the first has those of all uses.

    >>> [len(one) for one in layers([Piece(2, ()), Piece(1, ())])]
    [0, 0]
    """
    most = max((piece.units for piece in some), default=0)
    return [
        merged(one for piece in some if piece.units > place for one in piece.intervals)
        for place in range(most)
    ]


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


def length_of(use: Use | None) -> float:
    """Return the seconds of a use, of all its units together."""
    if use is None:
        return 0
    return use.units * sum(one.length.total_seconds() for one in merged(use.intervals))
