"""What people choose from: the mornings, afternoons, days or hours of the days they name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property, lru_cache

from bookings.search.availability import AskedOccupancy, distance_to, out_of_reach
from bookings.search.candidates import Search, SiteRow, SpaceRow, find_candidates
from bookings.search.counting import CLOSING, Count, Why, total
from bookings.search.parts import (
    Limits,
    Part,
    bookable_times,
    is_given_for,
    limits_of,
    on_grid,
    short_time,
    still_to_come,
)
from network.rules import search_key
from network.sql import Statement, together
from sites.geo import Point
from sites.intervals import Interval, envelope, is_covered
from sites.models import Stop
from sites.openings import AskedOpeningsOfSites
from sites.reopening import next_openings
from sites.rules import half_days, local_day, local_hours

Hours = tuple[time, time]
HALVES = (Part.MORNING, Part.AFTERNOON)
#: A space given for less than a half-day shows so many free stretches.
FIRST_HOURS = 3


@dataclass(frozen=True, slots=True)
class When:
    """The days chosen, and the part of each: any half-day or day unless one is named."""

    days: tuple[date, ...]
    part: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the chosen days in one space: its times there, and what is free of it."""

    part: Part
    intervals: tuple[Interval, ...]
    units_free: int
    units_wanted: int

    @property
    def is_free(self) -> bool:
        """Tell whether the wish fits."""
        return self.units_free >= self.units_wanted

    @property
    def span(self) -> Interval:
        """Return from the first start to the last end."""
        return envelope(self.intervals)


@dataclass(frozen=True, slots=True)
class SpaceSlots:
    """One space and its slots on the chosen days."""

    space: SpaceRow
    slots: tuple[Slot, ...]

    @property
    def units_free(self) -> dict[str, int]:
        """Return by part how many units are free over it: none where the wish does not fit."""
        free: dict[str, int] = {}
        for slot in self.slots:
            free[slot.part] = max(free.get(slot.part, 0), slot.units_free if slot.is_free else 0)
        return free

    @property
    def is_free(self) -> bool:
        """Tell whether the wish fits in some slot."""
        return any(slot.is_free for slot in self.slots)


@dataclass(frozen=True)
class SiteSlots:
    """One site and its spaces' slots. `hours` are those of the first chosen day.

    A page asks each some five times how much is free: it is counted once.

    Of a site without spaces, `is_over` tells that they are past, `is_too_small` that no space is
    for so many people; `opens` is when a closed one is open next, if looked for.
    """

    site: SiteRow
    stop: Stop | None
    distance_km: float | None
    hours: tuple[Interval, ...]
    spaces: tuple[SpaceSlots, ...]
    is_over: bool = False
    opens: Interval | None = None
    is_too_small: bool = False

    @property
    def point(self) -> Point:
        """Return where it is: an itinerant site, where it stands that day."""
        return self.stop.point if self.stop else self.site.point

    @cached_property
    def is_free(self) -> bool:
        """Tell whether the wish fits in some slot of some space."""
        return any(space.is_free for space in self.spaces)

    @cached_property
    def units_free(self) -> dict[str, int]:
        """Return by part of the day how many units are free over it."""
        free: dict[str, int] = {}
        for space in self.spaces:
            for part, units in space.units_free.items():
                free[part] = free.get(part, 0) + units
        return free

    @cached_property
    def count(self) -> Count:
        """Return how many units are free in the best part of the day, or why none is."""
        if self.spaces:
            free = self.units_free
            most = max(free.values(), default=0)
            best = [part for part in free if most and free[part] == most]
            return Count(most, part=best[0] if len(best) == 1 and best[0] in HALVES else "")
        if not self.hours:
            return Count(why=Why.SHUT, opens=self.opens)
        if self.is_over:
            return Count(why=Why.OVER, opens=self.opens)
        return Count(why=Why.TOO_SMALL if self.is_too_small else Why.NOT_THEN)

    def of_kind(self, kind: str) -> "SiteSlots":
        """Return the site with its spaces of that kind only."""
        return replace(self, spaces=tuple(one for one in self.spaces if one.space.kind == kind))


class SlotSearch:
    """A search over some days, read once (five queries); each choice of days is then counted.

    `small_sites` are those that suit but have no space for so many people. `spaces` are read,
    for one person, unless they are known; `besides` is asked together with what is open and taken.
    """

    def __init__(
        self,
        search: Search,
        days: Sequence[date],
        now: datetime,
        *,
        spaces: Sequence[SpaceRow] | None = None,
        besides: Sequence[Statement] = (),
    ) -> None:
        self.search = search
        self.now = now
        every = find_candidates(replace(search, people=1)) if spaces is None else spaces
        self.spaces = [space for space in every if space.capacity >= search.people]
        self.spaces_of: dict[SiteRow, list[SpaceRow]] = {}
        for space in sorted(self.spaces, key=lambda one: (one.position, one.id)):
            self.spaces_of.setdefault(space.site, []).append(space)
        every_site = dict.fromkeys(space.site for space in every)
        self.small_sites = [site for site in every_site if site not in self.spaces_of]
        zones = {site.time_zone: site.zone for site in self.spaces_of}
        windows = [local_day(day, zone) for day in days for zone in zones.values()]
        opens = AskedOpeningsOfSites(every_site, min(days), max(days))
        taken = AskedOccupancy(self.spaces, windows, now)
        together(*opens.statements, *taken.statements, *besides)
        self.openings, self.occupancy = opens.found(), taken.found()

    def sites(self, when: When, kind: str = "") -> list[SiteSlots]:
        """Return the sites within reach with their slots, of that kind if any, nearest first."""
        found = (
            self._site(site, [one for one in spaces if kind in ("", one.kind)], when)
            for site, spaces in self.spaces_of.items()
        )
        return sorted(
            (site for site in found if site is not None),
            key=lambda one: (one.distance_km or 0, search_key(one.site.name), one.site.id),
        )

    def told(self, when: When) -> list[SiteSlots]:
        """Return the same; closed ones know when they open again (three more queries at most)."""
        return with_openings(self.sites(when), when)

    def count(self, when: When, kind: str = "", *, asks_opening: bool = False) -> Count:
        """Return what all sites within reach have together, of that kind only if one is given.

        Only if asked is told when what is closed opens again.
        """
        sites = [*self.sites(when, kind), *self._too_small(when)]
        if asks_opening:
            sites = with_openings(sites, when)
        return total(site.count for site in sites)

    def _too_small(self, when: When) -> Iterator[SiteSlots]:
        for site in self.small_sites:
            if found := self._site(site, (), when):
                yield replace(found, is_too_small=True)

    def _site(self, site: SiteRow, spaces: Iterable[SpaceRow], when: When) -> SiteSlots | None:
        first_day = when.days[0]
        stop = self.openings.stop_on(site, first_day) if site.is_itinerant else None
        distance = distance_to(self.search, site, stop)
        is_nowhere = site.is_itinerant and stop is None
        if out_of_reach(self.search, distance) or (is_nowhere and self.search.near is not None):
            return None
        with_slots = (SpaceSlots(space, self._slots(space, when)) for space in spaces)
        offered = tuple(space for space in with_slots if space.slots)
        opening = tuple(self.openings.open_intervals(site, first_day))
        is_over = not offered and not still_to_come(opening, self.now)
        return SiteSlots(site, stop, distance, opening, offered, is_over)

    def _slots(self, space: SpaceRow, when: When) -> tuple[Slot, ...]:
        by_day = [self._parts(space, day, when) for day in when.days]
        slots = []
        for part in by_day[0]:
            if all(parts.get(part) for parts in by_day):
                times = tuple(one for parts in by_day for one in parts[part])
                slots.append(self._slot(space, part, times))
        if not slots and when.part == "" and when.hours is None and len(when.days) == 1:
            slots = self._first_hours(space, when.days[0])
        return tuple(slots)

    def _slot(self, space: SpaceRow, part: Part, times: tuple[Interval, ...]) -> Slot:
        free = self.occupancy.units_free(space, times)
        return Slot(part, times, free, space.units_for(self.search.people))

    def _first_hours(self, space: SpaceRow, day: date) -> list[Slot]:
        """Return the first free stretches of a space given for less than a half-day: a booth."""
        length = short_time(space)
        wishes = (
            Interval(hours.starts_at + number * length, hours.starts_at + (number + 1) * length)
            for hours in bookable_times(self.openings, space, day, self.now)
            for number in range(hours.length // length)
        )
        allowed = (wish for wish in wishes if is_given_for(limits_of(space), [wish], self.now))
        slots = [self._slot(space, Part.HOURS, (wish,)) for wish in allowed]
        return [slot for slot in slots if slot.is_free][:FIRST_HOURS] or slots[:1]

    def _parts(self, space: SpaceRow, day: date, when: When) -> Mapping[Part, list[Interval]]:
        """Return the parts of a day that the space's hours and rules allow to book."""
        opening = tuple(self.openings.open_intervals(space.site, day, space.id))
        return parts_left(opening, day, when, limits_of(space), self.now)


def with_openings(sites: Sequence[SiteSlots], when: When) -> list[SiteSlots]:
    """Return the sites; closed ones know when they open again (three queries at most)."""
    closed = [one.site for one in sites if not one.spaces and one.count.why in CLOSING]
    opens = next_openings(closed, when.days[-1])
    return [
        replace(one, opens=opens[one.site.id]) if one.site.id in opens else one for one in sites
    ]


# A network has few kinds of hours and of limits: what is left of a day is worked out once for each.
@lru_cache(maxsize=1024)
def parts_left(
    opening: tuple[Interval, ...], day: date, when: When, limits: Limits, now: datetime
) -> Mapping[Part, list[Interval]]:
    """Return the parts of a day's opening that can be booked within those limits."""
    zone = limits.zone
    bookable = on_grid(still_to_come(opening, now))
    if when.hours is not None:
        wish = local_hours(day, *when.hours, zone)
        parts = {Part.HOURS: [wish] if wish and is_covered(wish, bookable) else []}
    else:
        morning, afternoon = half_days(bookable, day, zone)
        parts = {Part.MORNING: morning, Part.AFTERNOON: afternoon}
        parts[Part.DAY] = bookable if morning and afternoon else []
    return {
        part: times
        for part, times in parts.items()
        if when.part in ("", part) and is_given_for(limits, times, now)
    }
