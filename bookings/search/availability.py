"""Which spaces of kind K within R km of P have how many units free over each asked time.

Five queries at most, whatever the number of sites, units and bookings: spaces, weekly hours,
closures, stops, allocations. What is free is then counted here, by the rule by which units are
given (`bookings.units.packing`), so that nothing is shown that cannot be booked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, Exists, Func, OuterRef, QuerySet

from bookings.models import LONGEST_ALLOCATION, Allocation, met
from bookings.rules import admitted_times, days_of
from bookings.search.candidates import Search, SiteRow, SpaceRow, find_candidates
from bookings.units.packing import most_at_once
from network.errors import Refusal
from network.sql import Among, Given, kept
from sites.geo import Point, distance_km
from sites.intervals import Interval, is_covered, merged
from sites.models import Stop, Unit
from sites.openings import Openings, load_openings


@dataclass(frozen=True, slots=True)
class Offer:
    """One space over one asked time. `distance_km` is None when no place was asked."""

    space: SpaceRow
    stop: Stop | None
    distance_km: float | None
    units_free: int

    @property
    def point(self) -> Point:
        """Return where it is: an itinerant site, where it stands that day."""
        return self.stop.point if self.stop else self.space.site.point


class Occupancy:
    """What is taken in some spaces, counted as the packing counts.

    Instants are whole seconds since 1970 (all are quarters of an hour): reading and comparing
    them so takes a third of the time that aware datetimes take.
    """

    def __init__(self, rows: Iterable[tuple[int, int | None, int, int]]) -> None:
        self.by_space: dict[int, list[tuple[int | None, int, int]]] = defaultdict(list)
        for space_id, unit_id, starts_s, ends_s in rows:
            self.by_space[space_id].append((unit_id, starts_s, ends_s))

    def units_free(self, space: SpaceRow, intervals: Sequence[Interval]) -> int:
        """Return how many units of `space` can be given over all of `intervals`."""
        taken = self.by_space.get(space.id)
        if not taken:
            return space.units
        return min(space.units - most_taken(space, taken, seconds(one)) for one in intervals)

    def during(self, window: Interval) -> "Occupancy":
        """Return what is taken within `window`: one pass, for many questions about it."""
        starts, ends = seconds(window)
        return Occupancy(
            (space_id, *one)
            for space_id, taken in self.by_space.items()
            for one in taken
            if one[1] < ends and one[2] > starts
        )

    def parts(self, space: SpaceRow, window: Interval) -> list[Interval]:
        """Return `window` cut wherever a unit of `space` is taken or left."""
        edges = {edge for _unit, *ends in self.by_space.get(space.id, ()) for edge in ends}
        inside = (datetime.fromtimestamp(edge, UTC) for edge in edges)
        within = {edge for edge in inside if window.starts_at < edge < window.ends_at}
        cuts = sorted({window.starts_at, window.ends_at} | within)
        return [Interval(starts_at, ends_at) for starts_at, ends_at in pairwise(cuts)]


def seconds(interval: Interval) -> tuple[int, int]:
    """Return both ends as seconds since 1970."""
    return int(interval.starts_at.timestamp()), int(interval.ends_at.timestamp())


def most_taken(
    space: SpaceRow, taken: Sequence[tuple[int | None, int, int]], wish: tuple[int, int]
) -> int:
    """Return how many units of `space` a wish cannot have."""
    starts_s, ends_s = wish
    meeting = [one for one in taken if one[1] < ends_s and one[2] > starts_s]
    if space.is_fungible:
        return most_at_once([(max(one[1], starts_s), min(one[2], ends_s)) for one in meeting])
    return len({one[0] for one in meeting})


class EpochSeconds(Func):
    """An instant as whole seconds since 1970."""

    template = "EXTRACT(EPOCH FROM %(expressions)s)::bigint"
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return SQLite's own word for it (twice doubled: two formattings are to come)."""
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **context)


NOW = Given("now", DateTimeField())
OUT_OF_USE = Unit.objects.filter(pk=OuterRef("unit"), is_active=False)


@kept
def taken_rows(windows: int) -> QuerySet[Allocation, tuple[int, int | None, int, int]]:
    """Return what is taken in some spaces during so many windows."""
    during = reduce(or_, (met(*given_window(number)) for number in range(windows)))
    return (
        Allocation.objects.keeping_out(NOW)
        .filter(during, Among("space", "spaces", BigIntegerField()), ~Exists(OUT_OF_USE))
        .values_list("space_id", "unit_id", EpochSeconds("starts_at"), EpochSeconds("ends_at"))
    )


def given_window(number: int) -> Iterator[Given]:
    """Yield the instants of a window that is told later."""
    return (Given(f"{name}_{number}", DateTimeField()) for name in ("start", "end", "last_end"))


def load_occupancy(
    spaces: Iterable[SpaceRow], windows: Iterable[Interval], now: datetime
) -> Occupancy:
    """Read what is taken in `spaces` during `windows` as it is `now`, in one query."""
    ids = [space.id for space in spaces]
    joined = merged(windows)
    told = {"now": now}
    for number, window in enumerate(joined):
        told[f"start_{number}"], told[f"end_{number}"] = window.starts_at, window.ends_at
        told[f"last_end_{number}"] = window.ends_at + LONGEST_ALLOCATION
    return Occupancy(taken_rows(len(joined)).read(spaces=ids, **told) if joined else [])


def find_offers(search: Search, interval: Interval, now: datetime) -> list[Offer]:
    """Return the spaces with room for the people over the whole of `interval`, nearest first."""
    admitted = AdmittedTimes(interval, now)
    spaces = [space for space in find_candidates(search) if admitted.days(space)]
    if not spaces:
        return []
    every_day = {day for space in spaces for day in admitted.days(space)}
    sites = {space.site.id: space.site for space in spaces}
    openings = load_openings(sites.values(), min(every_day), max(every_day))
    occupancy = load_occupancy(spaces, [interval], now)
    offers = []
    for space in spaces:
        days = admitted.days(space)
        stop = openings.stop_on(space.site, min(days)) if space.site.is_itinerant else None
        distance = distance_to(search, space.site, stop)
        if out_of_reach(search, distance) or not is_open(space, days, openings):
            continue
        free = occupancy.units_free(space, [part for parts in days.values() for part in parts])
        if free >= space.units_for(search.people):
            offers.append(Offer(space, stop, distance, free))
    return sorted(offers, key=lambda one: (one.distance_km or 0, one.space.site.slug, one.space.id))


@dataclass
class AdmittedTimes:
    """What the rules of spaces allow of one asked time; spaces of like limits are asked once."""

    interval: Interval
    now: datetime
    _days: dict[tuple[object, ...], dict[date, list[Interval]]] = field(default_factory=dict)

    def days(self, space: SpaceRow) -> dict[date, list[Interval]]:
        """Return the time by the site's local days, or nothing when a rule refuses it."""
        key = (space.site.time_zone, space.min_minutes, space.max_minutes, space.advance_days)
        days = self._days.get(key)
        if days is None:
            days = self._days[key] = self._admitted(space)
        return days

    def _admitted(self, space: SpaceRow) -> dict[date, list[Interval]]:
        zone = space.site.zone
        try:
            parts = admitted_times([self.interval], limits=space, zone=zone, now=self.now)
        except Refusal:
            return {}
        return days_of(parts, zone)


def is_open(space: SpaceRow, days: Mapping[date, Sequence[Interval]], openings: Openings) -> bool:
    """Tell whether the space is open over the whole of each part of a day."""
    return all(
        is_covered(part, openings.open_intervals(space.site, day, space.id))
        for day, parts in days.items()
        for part in parts
    )


def distance_to(search: Search, site: SiteRow, stop: Stop | None) -> float | None:
    """Return how far a site is from the place searched, if one was."""
    if search.near is None:
        return None
    return distance_km(search.near, stop.point if stop else site.point)


def out_of_reach(search: Search, distance: float | None) -> bool:
    """Tell whether a site in the box is outside the circle."""
    return distance is not None and distance > search.radius_km
