"""The same wish at other sites: where it can be had though not here, the nearest first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from bookings.quotas import most_of_space
from bookings.rules import admitted_times, days_of, minutes_of
from bookings.search.availability import (
    Occupancy,
    Offer,
    distance_to,
    is_open,
    load_occupancy,
    out_of_reach,
)
from bookings.search.candidates import Search, SiteRow, SpaceRow, find_candidates
from bookings.search.parts import Part
from bookings.search.repeats import Agenda
from bookings.search.slots import SiteSlots, Slot
from network.errors import Refusal
from sites.geo import Point, distance_km
from sites.intervals import Interval
from sites.models import Site
from sites.openings import Openings, load_openings

#: So many other sites are told: more would be a search.
MOST_TOLD = 3
#: As far as somebody may still drive for a day's work; what is further, a search tells.
REACH_KM = 50.0
#: So many of the nearest sites are looked at, however many the network has.
SITES_LOOKED_AT = 60
#: Which part of a day stands for it where all of it is taken, the first that there is.
USUAL = (Part.DAY, Part.MORNING, Part.AFTERNOON, Part.HOURS)


@dataclass(frozen=True)
class Wanted:
    """What cannot be had at the site of slug `besides`, which is at the point `around`."""

    kind: str
    times: tuple[Interval, ...]
    people: int
    around: Point
    besides: str


#: Of each wish the spaces that may be given for it, and its times there, cut at midnights.
Parts = Mapping[Wanted, Mapping[SpaceRow, Sequence[Interval]]]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A space of another site that has room: `times` are what would be booked there."""

    offer: Offer
    times: tuple[Interval, ...]
    people: int

    @property
    def space(self) -> SpaceRow:
        """Return the space that has room; it knows its site."""
        return self.offer.space

    @property
    def distance_km(self) -> float:
        """Return how far that is from where it cannot be had."""
        return self.offer.distance_km or 0.0


def elsewhere(wanted: Wanted, agenda: Agenda) -> list[Elsewhere]:
    """Return where the same can be had at the same time: at most three sites, the nearest first.

    Nothing while the person of `agenda` has such a place then: it would be refused everywhere.
    Five queries at most.
    """
    return elsewhere_by_kind([wanted], agenda).get(wanted.kind, [])


def elsewhere_by_kind(wishes: Sequence[Wanted], agenda: Agenda) -> dict[str, list[Elsewhere]]:
    """Return the same for wishes of several kinds, of as many people at one site.

    Five queries at most, however many kinds.
    """
    possible = [one for one in wishes if agenda.has_room(one.kind, one.times)]
    if not possible:
        return {}
    search = search_for(possible)
    spaces = find_candidates(search)
    parts = {
        one: admitted_in(nearest_spaces(search, spaces, one), one.times, agenda.now)
        for one in possible
    }
    return found_among(search, parts, agenda.now) if any(parts.values()) else {}


def search_for(wishes: Sequence[Wanted]) -> Search:
    """Return the search that finds the spaces of all of `wishes`."""
    first = wishes[0]
    kinds = tuple(one.kind for one in wishes)
    return Search(kinds=kinds, near=first.around, radius_km=REACH_KM, people=first.people)


def found_among(search: Search, parts: Parts, now: datetime) -> dict[str, list[Elsewhere]]:
    """Read when the spaces of each wish are open and taken; return which have room, by kind."""
    every = [(space, times) for some in parts.values() for space, times in some.items()]
    days = [day for space, times in every for day in days_of(times, space.site.zone)]
    sites = {space.site.id: space.site for space, _times in every}
    openings = load_openings(sites.values(), min(days), max(days))
    windows = [time for one in parts for time in one.times]
    taken = load_occupancy([space for space, _times in every], windows, now)
    return {
        one.kind: nearest_of(
            Elsewhere(offer, one.times, one.people)
            for space, times in some.items()
            if (offer := offer_of(search, space, times, openings, taken))
        )
        for one, some in parts.items()
    }


def offer_of(
    search: Search,
    space: SpaceRow,
    times: Sequence[Interval],
    openings: Openings,
    taken: Occupancy,
) -> Offer | None:
    """Return the space with where it is that day, unless it is shut, too far or lacks room."""
    days = days_of(times, space.site.zone)
    if not is_open(space, days, openings):
        return None
    stop = openings.stop_on(space.site, min(days)) if space.site.is_itinerant else None
    distance = distance_to(search, space.site, stop)
    free = taken.units_free(space, times)
    has_room = can_be_had(space, free, search.people) and not out_of_reach(search, distance)
    return Offer(space, stop, distance, free) if has_room else None


def nearest_spaces(search: Search, spaces: Iterable[SpaceRow], wanted: Wanted) -> list[SpaceRow]:
    """Return those of the kind at the nearest other sites. An itinerant one is where it belongs."""
    others = [one for one in spaces if one.kind == wanted.kind and one.site.slug != wanted.besides]
    away = {space.site: distance_to(search, space.site, None) or 0.0 for space in others}
    near = set(sorted(away, key=lambda site: (away[site], site.id))[:SITES_LOOKED_AT])
    return [space for space in others if space.site in near]


def admitted_in(
    spaces: Iterable[SpaceRow], times: Sequence[Interval], now: datetime
) -> dict[SpaceRow, list[Interval]]:
    """Return the times, cut at midnights, of the spaces whose limits let them be booked."""
    found = {}
    for space in spaces:
        try:
            found[space] = admitted_times(times, limits=space, zone=space.site.zone, now=now)
        except Refusal:
            continue
    return found


def can_be_had(space: SpaceRow, free: int, people: int) -> bool:
    """Tell whether the people fit in what is free, and are not more than one person may take."""
    units = space.units_for(people)
    return units <= min(free, most_of_space(space.units, settings.BOOKING_QUOTA_SPACE_SHARE))


def nearest_of(found: Iterable[Elsewhere]) -> list[Elsewhere]:
    """Return the first space with room of each of the three nearest sites."""
    of_site: dict[SiteRow, Elsewhere] = {}
    for one in sorted(found, key=by_distance):
        of_site.setdefault(one.space.site, one)
    return list(of_site.values())[:MOST_TOLD]


def by_distance(one: Elsewhere) -> tuple[float, str, int, int]:
    """Return what puts the nearest first, and the spaces of a site in their own order."""
    space = one.space
    return one.distance_km, space.site.slug, space.position, space.id


def usual_slot(slots: Iterable[Slot]) -> Slot | None:
    """Return, of a kind's slots on a day, the one to look for elsewhere when all are taken.

    The whole day; where it is given for less, the morning; else the longest there is.
    """

    def rank(slot: Slot) -> tuple[int, int, datetime]:
        return USUAL.index(slot.part), -minutes_of(slot.intervals), slot.span.starts_at

    return min(slots, key=rank, default=None)


def elsewhere_found(
    full: SiteSlots, sites: Iterable[SiteSlots], people: int, agenda: Agenda
) -> list[Elsewhere]:
    """Return, of what a search has read, the nearest sites with room when one has none.

    The same parts of the day and kinds as are full there, or any when it is closed. No query; it
    looks at each of `sites`, so ask it for the full ones that are shown, not for a whole network.
    """
    asked = {(one.space.kind, slot.part) for one in full.spaces for slot in one.slots}
    return nearest_of(
        Elsewhere(Offer(space, site.stop, away, slot.units_free), slot.intervals, people)
        for site in sites
        if site.is_free and site.site.id != full.site.id
        for away in [distance_km(full.point, site.point)]
        for space, slot in free_slots(site, agenda)
        if not asked or (space.kind, slot.part) in asked
    )


def free_slots(site: SiteSlots, agenda: Agenda) -> Iterator[tuple[SpaceRow, Slot]]:
    """Yield what is free at a site while the person of `agenda` has no such place."""
    for one in site.spaces:
        for slot in one.slots:
            if slot.is_free and agenda.has_room(one.space.kind, slot.intervals):
                yield one.space, slot


def whereabouts(site: Site, at: datetime) -> Point:
    """Return where a site is at that instant: an itinerant one, where it stands (one query)."""
    if not site.is_itinerant:
        return site.point
    stop = site.stops.filter(starts_at__lte=at, ends_at__gt=at).first()
    return stop.point if stop else site.point
