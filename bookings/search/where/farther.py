"""The sites beyond the reach of a search, told shortly: where they are, not what is free there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any

from django.db.models import Count, Exists, F, FloatField, OuterRef, QuerySet, Window

from bookings.search.candidates import EVERYWHERE_KM, chosen_of, values_of
from bookings.search.conditions import CONDITIONS, NUMBER
from bookings.search.slots import SlotSearch, When
from network.sql import Among, Given, kept
from sites.geo import Point, distance_km
from sites.models import Site, Space

#: So many are named; there is a link to search everywhere for more.
MOST_NAMED = 30

REAL = FloatField()
UP = F("latitude") - Given("latitude", REAL)
ACROSS = (F("longitude") - Given("longitude", REAL)) * Given("shrink", REAL)
#: The square of a site's distance as on a plane: enough to put sites in order.
SQUARE = UP * UP + ACROSS * ACROSS


@dataclass(frozen=True, slots=True)
class FartherSite:
    """A site beyond the reach, and how far it is from the place."""

    slug: str
    name: str
    commune: str
    distance_km: float


@dataclass(frozen=True)
class Farther:
    """The nearest sites beyond the reach, nearest first, and how many there are in all."""

    sites: tuple[FartherSite, ...] = ()
    total: int = 0

    @property
    def nearest_km(self) -> float:
        """Return how far the nearest is."""
        return self.sites[0].distance_km


def farther_sites(found: SlotSearch, when: When, within: Collection[int]) -> Farther:
    """Return the sites that suit but are not among `within` (keys): one query, none everywhere.

    An itinerant one is where it stands on the first day, and left out when it stands nowhere.
    """
    near, reach_km = found.search.near, found.search.radius_km
    if near is None or reach_km >= EVERYWHERE_KM:
        return Farther()
    chosen = chosen_of(replace(found.search, radius_km=EVERYWHERE_KM))
    around = {**near._asdict(), "shrink": cos(radians(near.latitude))}
    rows = fixed_sites(*chosen).read(**values_of(chosen), **around, within=list(within))
    sites = [
        FartherSite(slug, name, commune, distance_km(near, Point(latitude, longitude)))
        for slug, name, commune, latitude, longitude, _all in rows
    ]
    moving = list(itinerant_sites(found, near, when))
    nearest = sorted([*sites, *moving], key=lambda one: (one.distance_km, one.slug))
    total = rows[0][-1] if rows else 0
    return Farther(tuple(nearest[:MOST_NAMED]), total + len(moving))


@kept
def fixed_sites(*chosen: str) -> QuerySet[Site, tuple[Any, ...]]:
    """Return the nearest sites that suit and are not `within`, with the number of all of them."""
    suitable = Space.objects.bookable().filter(
        *(CONDITIONS[name] for name in chosen), site=OuterRef("pk")
    )
    sites = Site.objects.active().filter(Exists(suitable), is_itinerant=False)
    sites = sites.exclude(Among("pk", "within", NUMBER))
    ordered = sites.order_by(SQUARE, "slug").annotate(all=Window(Count("pk")))
    rows = ordered.values_list("slug", "name", "commune__name", "latitude", "longitude", "all")
    return rows[:MOST_NAMED]


def itinerant_sites(found: SlotSearch, near: Point, when: When) -> Iterator[FartherSite]:
    """Yield the itinerant sites that stand beyond the reach on the first day."""
    for site in found.spaces_of:
        stop = found.openings.stop_on(site, when.days[0]) if site.is_itinerant else None
        if stop and (km := distance_km(near, stop.point)) > found.search.radius_km:
            yield FartherSite(site.slug, site.name, stop.commune.name, km)
