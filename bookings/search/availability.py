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
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateTimeField, Exists, Func, OuterRef, QuerySet

from bookings.models import LONGEST_ALLOCATION, Allocation, met
from bookings.rules import admitted_times, days_of
from bookings.search.candidates import Search, SiteRow, SpaceRow, find_candidates
from bookings.units.packing import most_at_once
from network.errors import Refusal
from network.sql import Among, Given, Whole, kept, together
from sites.geo import Point, distance_km
from sites.intervals import Interval, is_covered, merged
from sites.models import Stop, Unit
from sites.openings import AskedOpeningsOfSites, Openings


class Offer(NamedTuple):
    """One space over one asked time. `distance_km` is None when no place was asked."""

    space: SpaceRow
    stop: Stop | None
    distance_km: float | None
    units_free: int

    @property
    def point(self) -> Point:
        """Return where it is: an itinerant site, where it stands that day."""
        return self.stop.point if self.stop else self.space.site.point


#: The space and the unit, and from when to when, in whole seconds since 1970.
TakenRow = tuple[int, int | None, int, int]
Span = tuple[int, int]


class Occupancy:
    """What is taken in some spaces, counted as the packing counts.

    Instants are whole seconds since 1970 (all are quarters of an hour): reading and comparing
    them so takes a third of the time that aware datetimes take.
    """

    def __init__(self, rows: Iterable[TakenRow]) -> None:
        self.by_space: dict[int, list[TakenRow]] = defaultdict(list)
        for row in rows:
            self.by_space[row[0]].append(row)

    def units_free(self, space: SpaceRow, intervals: Iterable[Interval]) -> int:
        """Return how many units of `space` can be given over all of `intervals`."""
        return self.units_left(space, map(seconds, intervals))

    def units_left(self, space: SpaceRow, spans: Iterable[Span]) -> int:
        """Return the same over all of some `spans`, told in seconds."""
        taken = self.by_space.get(space.id)
        if not taken:
            return space.units
        return space.units - max([most_taken(space, taken, span) for span in spans])

    def during(self, window: Interval) -> "Occupancy":
        """Return what is taken within `window`: one pass, for many questions about it."""
        starts, ends = seconds(window)
        return Occupancy(
            one
            for taken in self.by_space.values()
            for one in taken
            if one[2] < ends and one[3] > starts
        )

    def parts(self, space: SpaceRow, window: Interval) -> list[Interval]:
        """Return `window` cut wherever a unit of `space` is taken or left."""
        edges = {edge for _space, _unit, *ends in self.by_space.get(space.id, ()) for edge in ends}
        inside = (datetime.fromtimestamp(edge, UTC) for edge in edges)
        within = {edge for edge in inside if window.starts_at < edge < window.ends_at}
        cuts = sorted({window.starts_at, window.ends_at} | within)
        return [Interval(starts_at, ends_at) for starts_at, ends_at in pairwise(cuts)]


def seconds(interval: Interval) -> Span:
    """Return both ends as seconds since 1970."""
    return int(interval.starts_at.timestamp()), int(interval.ends_at.timestamp())


def most_taken(space: SpaceRow, taken: Sequence[TakenRow], wish: Span) -> int:
    """Return how many units of `space` a wish cannot have."""
    starts_s, ends_s = wish
    meeting = [one for one in taken if one[2] < ends_s and one[3] > starts_s]
    if not space.is_fungible:
        return len({unit for _space, unit, _starts, _ends in meeting})
    # Without max() and min(): calling them takes longer than all the rest.
    return most_at_once(
        [
            (starts if starts > starts_s else starts_s, ends if ends < ends_s else ends_s)
            for _space, _unit, starts, ends in meeting
        ]
    )


class EpochSeconds(Whole, Func):
    """An instant as whole seconds since 1970."""

    template = "EXTRACT(EPOCH FROM %(expressions)s)::bigint"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return SQLite's own word for it (twice doubled: two formattings are to come)."""
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **context)


NOW = Given("now", DateTimeField())
OUT_OF_USE = Unit.objects.filter(pk=OuterRef("unit"), is_active=False)


@kept
def taken_rows(windows: int) -> QuerySet[Allocation, TakenRow]:
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
    asked = AskedOccupancy(spaces, windows, now)
    together(*asked.statements)
    return asked.found()


class AskedOccupancy:
    """What `load_occupancy` reads, to be asked together with something else."""

    def __init__(
        self, spaces: Iterable[SpaceRow], windows: Iterable[Interval], now: datetime
    ) -> None:
        ids = [space.id for space in spaces]
        joined = merged(windows)
        told = {"now": now}
        for number, window in enumerate(joined):
            told[f"start_{number}"], told[f"end_{number}"] = window.starts_at, window.ends_at
            told[f"last_end_{number}"] = window.ends_at + LONGEST_ALLOCATION
        self.statements = [taken_rows(len(joined)).asked(spaces=ids, **told)] if joined else []

    def found(self) -> Occupancy:
        """Return what was read, once it was asked."""
        return Occupancy(row for one in self.statements for row in one.rows)


def find_offers(search: Search, interval: Interval, now: datetime) -> list[Offer]:
    """Return the spaces with room for the people over the whole of `interval`, nearest first."""
    asked = AskedTime(interval, now)
    within = list(candidates_within(search, asked))
    if not within:
        return []
    spaces = [one.space for one in within]
    days = asked.every_day()
    hours = AskedOpeningsOfSites([space.site for space in spaces], min(days), max(days))
    taken = AskedOccupancy(spaces, [interval], now)
    together(*hours.statements, *taken.statements)
    openings, occupancy = hours.found(), taken.found()
    offers = (offered(one, search, openings, occupancy) for one in within)
    return sorted(filter(None, offers), key=place_in_list)


def place_in_list(offer: Offer) -> tuple[float, str, int]:
    """Return by what offers are sorted: the nearest first, then always in the same order."""
    return offer.distance_km or 0.0, offer.space.site.slug, offer.space.id


class Wish(NamedTuple):
    """What would be booked in a space: the asked time by local days, and the same in seconds."""

    days: Mapping[date, Sequence[Interval]]
    spans: Sequence[Span]


class Candidate(NamedTuple):
    """A space whose rules admit a wish. How far an itinerant site is, its stop will tell."""

    space: SpaceRow
    wish: Wish
    distance_km: float | None


def candidates_within(search: Search, asked: "AskedTime") -> Iterator[Candidate]:
    """Yield the spaces whose rules admit the asked time, but those known to be out of reach."""
    for space in find_candidates(search):
        wish, site = asked.wish(space), space.site
        distance = None if site.is_itinerant else distance_to(search, site, None)
        if wish and not out_of_reach(search, distance):
            yield Candidate(space, wish, distance)


@dataclass
class AskedTime:
    """What the rules of spaces allow of one asked time; spaces of like limits are asked once."""

    interval: Interval
    now: datetime
    _wishes: dict[tuple[object, ...], Wish | None] = field(default_factory=dict)

    def wish(self, space: SpaceRow) -> Wish | None:
        """Return the time by the site's local days, or nothing when a rule refuses it."""
        key = (space.site.time_zone, space.min_minutes, space.max_minutes, space.advance_days)
        if key not in self._wishes:
            self._wishes[key] = self._admitted(space)
        return self._wishes[key]

    def every_day(self) -> set[date]:
        """Return the local days of every wish that was told."""
        return {day for wish in self._wishes.values() if wish for day in wish.days}

    def _admitted(self, space: SpaceRow) -> Wish | None:
        zone = space.site.zone
        try:
            parts = admitted_times([self.interval], limits=space, zone=zone, now=self.now)
        except Refusal:
            return None
        return Wish(days_of(parts, zone), [seconds(part) for part in parts])


def offered(
    candidate: Candidate, search: Search, openings: Openings, occupancy: Occupancy
) -> Offer | None:
    """Return the space as an offer if it is within reach, open and has room for the people."""
    space, wish, distance = candidate
    stop = None
    if space.site.is_itinerant:
        stop = openings.stop_on(space.site, min(wish.days))
        distance = distance_to(search, space.site, stop)
    if out_of_reach(search, distance) or not is_open(space, wish.days, openings):
        return None
    free = occupancy.units_left(space, wish.spans)
    return Offer(space, stop, distance, free) if free >= space.units_for(search.people) else None


def is_open(space: SpaceRow, days: Mapping[date, Sequence[Interval]], openings: Openings) -> bool:
    """Tell whether the space is open over the whole of each part of a day."""
    for day, parts in days.items():
        hours = openings.open_intervals(space.site, day, space.id)
        if not all(is_covered(part, hours) for part in parts):
            return False
    return True


def distance_to(search: Search, site: SiteRow, stop: Stop | None) -> float | None:
    """Return how far a site is from the place searched, if one was."""
    if search.near is None:
        return None
    return distance_km(search.near, stop.point if stop else site.point)


def out_of_reach(search: Search, distance: float | None) -> bool:
    """Tell whether a site in the box is outside the circle."""
    return distance is not None and distance > search.radius_km
