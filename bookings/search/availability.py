"""Which spaces of kind K within R km of P have how many units free over each asked time.

Five queries at most, whatever the number of sites, units and bookings: spaces, weekly hours,
closures, stops, allocations. What is free is then counted here, by the rule by which units are
given (`bookings.packing`), so that nothing is shown that cannot be booked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Func, Q

from bookings.models import Allocation, meeting
from bookings.packing import most_at_once
from bookings.rules import admitted_times, days_of
from bookings.search.candidates import Search, SiteRow, SpaceRow, find_candidates
from network.errors import Refusal
from sites.geo import Point, distance_km
from sites.intervals import Interval, is_covered
from sites.models import Stop
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


def load_occupancy(
    spaces: Iterable[SpaceRow], windows: Sequence[Interval], now: datetime
) -> Occupancy:
    """Read what is taken in `spaces` during `windows` as it is `now`, in one query."""
    ids = [space.id for space in spaces]
    during = reduce(or_, (meeting(window) for window in windows), Q())
    rows = Allocation.objects.keeping_out(now).filter(during, space__in=ids, unit__is_active=True)
    return Occupancy(
        rows.values_list("space_id", "unit_id", EpochSeconds("starts_at"), EpochSeconds("ends_at"))
    )


def find_offers(search: Search, interval: Interval, now: datetime) -> list[Offer]:
    """Return the spaces with room for the people over the whole of `interval`, nearest first."""
    admitted = AdmittedTimes(interval, now)
    spaces = [space for space in find_candidates(search) if admitted.parts(space)]
    if not spaces:
        return []
    sites = {space.site.id: space.site for space in spaces}
    days = [day for space in spaces for day in days_of(admitted.parts(space), space.site.zone)]
    openings = load_openings(sites.values(), min(days), max(days))
    occupancy = load_occupancy(spaces, [interval], now)
    offers = []
    for space in spaces:
        day = interval.starts_at.astimezone(space.site.zone).date()
        stop = openings.stop_on(space.site, day) if space.site.is_itinerant else None
        distance = distance_to(search, space.site, stop)
        if out_of_reach(search, distance) or not is_open(space, admitted.parts(space), openings):
            continue
        free = occupancy.units_free(space, admitted.parts(space))
        if free >= space.units_for(search.people):
            offers.append(Offer(space, stop, distance, free))
    return sorted(offers, key=lambda one: (one.distance_km or 0, one.space.site.slug, one.space.id))


@dataclass
class AdmittedTimes:
    """What the rules of spaces allow of one asked time; spaces of like limits are asked once."""

    interval: Interval
    now: datetime
    _parts: dict[tuple[object, ...], list[Interval]] = field(default_factory=dict)

    def parts(self, space: SpaceRow) -> list[Interval]:
        """Return the time cut at the site's midnights, or nothing when a rule refuses it."""
        key = (space.site.time_zone, space.min_minutes, space.max_minutes, space.advance_days)
        if key not in self._parts:
            try:
                self._parts[key] = admitted_times(
                    [self.interval], limits=space, zone=space.site.zone, now=self.now
                )
            except Refusal:
                self._parts[key] = []
        return self._parts[key]


def is_open(space: SpaceRow, parts: Sequence[Interval], openings: Openings) -> bool:
    """Tell whether the space is open over the whole of each part of a day."""
    days = days_of(parts, space.site.zone)
    return all(
        is_covered(part, openings.open_intervals(space.site, day, space.id))
        for day, day_parts in days.items()
        for part in day_parts
    )


def distance_to(search: Search, site: SiteRow, stop: Stop | None) -> float | None:
    """Return how far a site is from the place searched, if one was."""
    if search.near is None:
        return None
    return distance_km(search.near, stop.point if stop else site.point)


def out_of_reach(search: Search, distance: float | None) -> bool:
    """Tell whether a site in the box is outside the circle."""
    return distance is not None and distance > search.radius_km
