"""What a person finds at home: sites near it with their next half-days, and the same again.

All of it takes five queries where sites are near: spaces, hours, closures, and what is taken of
the times to have again and of the half-days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import CharField, QuerySet

from bookings.ahead import Ahead
from bookings.rules import days_of
from bookings.search.availability import AskedOccupancy, Occupancy, is_open
from bookings.search.candidates import (
    Search,
    SiteRow,
    SpaceRow,
    candidates_of,
    find_candidates,
    told,
)
from bookings.search.days.halfdays import DAYS_AHEAD, HalfDay, HalfDaySearch
from bookings.search.repeats import Agenda, Repeat
from network.sql import Given, kept, together
from sites.geo import Point, distance_km
from sites.models import Space
from sites.nearness import about, sites_about
from sites.openings import AskedOpeningsOfSites, Openings, OpenPlace

#: How far from home a site is still near; where there is none, how far the next ones may be.
NEAR_KM, FAR_KM = 25.0, 100.0
MOST_SITES, MOST_HALF_DAYS, MOST_AGAIN = 3, 3, 3
#: So many of the nearest sites are looked at first: further ones mostly are not shown.
FIRST_SITES = MOST_SITES + 1
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

    def least_km(self, site: SiteRow) -> float:
        """Return how far a site is at least: an itinerant one may come to the middle."""
        return 0.0 if site.is_itinerant else self.distance_km(site.point)


@dataclass(frozen=True, slots=True)
class NearSite:
    """A site, how far it is, and its next half-days with room, the soonest first."""

    site: SiteRow
    distance_km: float
    half_days: list[HalfDay]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a person is offered before asking: sites near, and the same again.

    `openings` are of their sites, and of those where the person has something ahead.
    """

    near: list[NearSite]
    again: list[Repeat]
    openings: Openings


def offers_for(
    agenda: Agenda, point: Point | None, coming: Sequence[Repeat], ahead: Sequence[Ahead] = ()
) -> Offers:
    """Return the sites nearest to `point` with free desks, and which of `coming` can be had.

    Neither at times at which the person of `agenda` has such a place; three of each at most.
    """
    soonest = coming[:DAYS_TRIED]
    circle = Circle(point, NEAR_KM) if point else None
    spaces = spaces_in(circle, agenda.now) if circle else []
    again = space_again(spaces, soonest)
    opens = asked_openings([*spaces, *again], soonest, agenda.now, ahead)
    taken = AskedOccupancy(again, [one for had in soonest for one in had.intervals], agenda.now)
    together(*opens.statements, *taken.statements)
    openings = opens.found()
    near = sites_near(circle, spaces, agenda, openings) if circle else []
    if point and not near:
        near = sites_farther(Circle(point, FAR_KM), agenda)
    free = free_again(again[0], soonest, openings, taken.found()) if again else []
    return Offers(near, free, openings)


def sites_farther(circle: Circle, agenda: Agenda) -> list[NearSite]:
    """Return the same of a wider circle: three more queries at least."""
    spaces = spaces_in(circle, agenda.now)
    opens = asked_openings(spaces, [], agenda.now)
    together(*opens.statements)
    return sites_near(circle, spaces, agenda, opens.found())


def spaces_in(circle: Circle, now: datetime) -> list[SpaceRow]:
    """Return the desks of the nearest sites, and of itinerant ones that come there."""
    ahead = timedelta(days=DAYS_AHEAD)
    where = about(circle.point, circle.radius_km, Space.Kind.DESK, now, ahead)
    return candidates_of(spaces_about().read(**where))


@kept
def spaces_about() -> QuerySet[Space, tuple[Any, ...]]:
    """Return the spaces of a kind at the nearest sites."""
    of_kind = Space.objects.bookable().filter(kind=Given("kind", CharField()))
    return told(of_kind.filter(site__in=sites_about().values("pk")))


def space_again(spaces: Iterable[SpaceRow], coming: Sequence[Repeat]) -> list[SpaceRow]:
    """Return the space to have again as searches know it: none where it is not offered."""
    if not coming:
        return []
    booking = coming[0].booking
    known = [one for one in spaces if one.id == booking.space_id]
    site = Search(kinds=(booking.space.kind,), sites=(booking.site_id,))
    return known or [one for one in find_candidates(site) if one.id == booking.space_id]


def asked_openings(
    spaces: Iterable[SpaceRow],
    coming: Iterable[Repeat],
    now: datetime,
    ahead: Sequence[Ahead] = (),
) -> AskedOpeningsOfSites:
    """Return what tells when all those sites are open, as far ahead as half-days and times go."""
    sites: list[OpenPlace] = [*{one.site for one in spaces}, *(one.booking.site for one in ahead)]
    today = min((now.astimezone(site.zone).date() for site in sites), default=now.date())
    last_days = [*(one.last_day for one in coming), *(one.last_day for one in ahead)]
    last = max([today + timedelta(days=DAYS_AHEAD), *last_days])
    return AskedOpeningsOfSites(sites, today, last)


def sites_near(
    circle: Circle, spaces: Sequence[SpaceRow], agenda: Agenda, openings: Openings
) -> list[NearSite]:
    """Return the sites with half-days to offer, nearest first; itinerant ones where they stand."""
    sites = sorted({one.site for one in spaces}, key=circle.least_km)
    first, others = sites[:FIRST_SITES], sites[FIRST_SITES:]
    near = with_half_days(circle, spaces_at(first, spaces), agenda, openings)
    if others and not are_nearest(near, circle.least_km(others[0])):
        near += with_half_days(circle, spaces_at(others, spaces), agenda, openings)
    return sorted(near, key=lambda one: (one.distance_km, one.site.slug))[:MOST_SITES]


def spaces_at(sites: Iterable[SiteRow], spaces: Iterable[SpaceRow]) -> list[SpaceRow]:
    """Return those of the spaces that are at some sites."""
    keys = {site.id for site in sites}
    return [one for one in spaces if one.site.id in keys]


def with_half_days(
    circle: Circle, spaces: Iterable[SpaceRow], agenda: Agenda, openings: Openings
) -> list[NearSite]:
    """Return the sites of `spaces` that have half-days within the circle, in no order."""
    found = HalfDaySearch(spaces, agenda, openings=openings).find(MOST_HALF_DAYS).values()
    near = (NearSite(some[0].space.site, circle.distance_km(some[0].point), some) for some in found)
    return [one for one in near if one.distance_km <= circle.radius_km]


def are_nearest(near: Iterable[NearSite], others_km: float) -> bool:
    """Tell whether enough sites are nearer than others, none of which is nearer than that."""
    return sum(one.distance_km < others_km for one in near) >= MOST_SITES


def free_again(
    space: SpaceRow, coming: Sequence[Repeat], openings: Openings, occupancy: Occupancy
) -> list[Repeat]:
    """Return which of those times can be had, as any wish: open all the time, with units left."""
    free = (
        again
        for again in coming
        if is_open(space, days_of(again.intervals, space.site.zone), openings)
        and occupancy.units_free(space, again.intervals) >= space.units_for(again.booking.people)
    )
    return list(islice(free, MOST_AGAIN))
