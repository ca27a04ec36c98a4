"""What a person finds at home: sites near it with their next half-days, and the same again.

All of it takes six queries where sites are near: sites, spaces, hours, closures, and what is taken
of the half-days and of the times to have again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bookings.rules import days_of
from bookings.search.availability import is_open, load_occupancy
from bookings.search.candidates import Search, SiteRow, SpaceRow, find_candidates
from bookings.search.days.halfdays import DAYS_AHEAD, HalfDay, HalfDaySearch
from bookings.search.repeats import Agenda, Repeat
from sites.geo import Point, distance_km
from sites.models import Space
from sites.nearness import sites_about
from sites.openings import Openings, load_openings

#: How far from home a site is still near; where there is none, how far the next ones may be.
NEAR_KM, FAR_KM = 25.0, 100.0
MOST_SITES, MOST_HALF_DAYS, MOST_AGAIN = 3, 3, 3
#: So many of the soonest days are looked at for a place to have again.
DAYS_TRIED = 6


@dataclass(frozen=True, slots=True)
class Circle:
    """The surroundings of a point."""

    point: Point
    radius_km: float

    def distance_km(self, other: Point) -> float:
        """Return how far a point is from the middle."""
        return distance_km(self.point, other)


@dataclass(frozen=True, slots=True)
class NearSite:
    """A site, how far it is, and its next half-days with room, the soonest first."""

    site: SiteRow
    distance_km: float
    half_days: list[HalfDay]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a person is offered before asking: sites near, and the same again."""

    near: list[NearSite]
    again: list[Repeat]


def offers_for(agenda: Agenda, point: Point | None, coming: Sequence[Repeat]) -> Offers:
    """Return the sites nearest to `point` with free desks, and which of `coming` can be had.

    Neither at times at which the person of `agenda` has such a place; three of each at most.
    """
    soonest = coming[:DAYS_TRIED]
    circle = Circle(point, NEAR_KM) if point else None
    spaces = spaces_in(circle, agenda.now) if circle else []
    again = space_again(spaces, soonest)
    openings = openings_of([*spaces, *again], soonest, agenda.now)
    near = sites_near(circle, spaces, agenda, openings) if circle else []
    if point and not near:
        near = sites_farther(Circle(point, FAR_KM), agenda)
    free = free_again(again[0], soonest, openings, agenda.now) if again else []
    return Offers(near, free)


def sites_farther(circle: Circle, agenda: Agenda) -> list[NearSite]:
    """Return the same of a wider circle: three more queries at least."""
    spaces = spaces_in(circle, agenda.now)
    return sites_near(circle, spaces, agenda, openings_of(spaces, [], agenda.now))


def spaces_in(circle: Circle, now: datetime) -> list[SpaceRow]:
    """Return the desks of the nearest sites, and of itinerant ones that come there."""
    desk, ahead = Space.Kind.DESK, timedelta(days=DAYS_AHEAD)
    near = sites_about(circle.point, circle.radius_km, desk, now, ahead)
    return find_candidates(Search(kinds=(desk,), sites=tuple(near))) if near else []


def space_again(spaces: Iterable[SpaceRow], coming: Sequence[Repeat]) -> list[SpaceRow]:
    """Return the space to have again as searches know it: none where it is not offered."""
    if not coming:
        return []
    booking = coming[0].booking
    known = [one for one in spaces if one.id == booking.space_id]
    site = Search(kinds=(booking.space.kind,), sites=(booking.site_id,))
    return known or [one for one in find_candidates(site) if one.id == booking.space_id]


def openings_of(spaces: Iterable[SpaceRow], coming: Iterable[Repeat], now: datetime) -> Openings:
    """Read when the sites of `spaces` are open, as far ahead as half-days and `coming` go."""
    sites = {one.site for one in spaces}
    today = min((now.astimezone(site.zone).date() for site in sites), default=now.date())
    far = today + timedelta(days=DAYS_AHEAD)
    return load_openings(sites, today, max([far, *(one.last_day for one in coming)]))


def sites_near(
    circle: Circle, spaces: Iterable[SpaceRow], agenda: Agenda, openings: Openings
) -> list[NearSite]:
    """Return the sites with half-days to offer, nearest first; itinerant ones where they stand."""
    found = HalfDaySearch(spaces, agenda, openings=openings).find(MOST_HALF_DAYS).values()
    near = (NearSite(some[0].space.site, circle.distance_km(some[0].point), some) for some in found)
    in_order = sorted(near, key=lambda one: (one.distance_km, one.site.slug))
    return [one for one in in_order if one.distance_km <= circle.radius_km][:MOST_SITES]


def free_again(
    space: SpaceRow, coming: Sequence[Repeat], openings: Openings, now: datetime
) -> list[Repeat]:
    """Return which of those times can be had, as any wish: open all the time, with units left."""
    times = [one for again in coming for one in again.intervals]
    occupancy = load_occupancy([space], times, now)
    free = (
        again
        for again in coming
        if is_open(space, days_of(again.intervals, space.site.zone), openings)
        and occupancy.units_free(space, again.intervals) >= space.units_for(again.booking.people)
    )
    return list(islice(free, MOST_AGAIN))
