"""The map of what a search found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.core.cache import cache
from django.urls import reverse

from bookings.search.counting import Count, State, counted_kind
from bookings.search.slots import SiteSlots
from bookings.search.where.places import Place
from network.hrefs import address_of
from network.models import Departement
from sites.geo import Point, bounding_box
from sites.maps.frames import Frame
from sites.maps.pins import Pin
from sites.maps.rings import Ring, middle_of
from sites.maps.schematic import Mark, SchematicMap, draw
from sites.models import Site

OUTLINES_CACHE_S = 3600
#: A map around a place shows at least so much beyond its pins: a part of how far the farthest is.
LEAST_KM, EDGE = 2.5, 0.2


def outlines() -> dict[str, Ring]:
    """Return the outline of each département that has a site, by name (cached for an hour)."""
    found: dict[str, Ring] | None = cache.get_or_set(
        "network-outlines",
        lambda: dict(
            Departement.objects.filter(communes__sites__in=Site.objects.active())
            .distinct()
            .values_list("name", "outline")
        ),
        OUTLINES_CACHE_S,
    )
    return found or {}


def map_of(sites: Iterable[SiteSlots], query: str = "") -> SchematicMap:
    """Return the map of `sites`, each with how many units are free; links keep `query`."""
    shown = list(sites)
    flagships = {one.site.slug for one in shown if one.site.category == Site.Category.FLAGSHIP}
    return draw(outlines(), pins_of(shown, query, named=flagships))


def map_around(place: Place, sites: Sequence[SiteSlots], query: str = "") -> SchematicMap:
    """Return the map of `sites` and of `place`, which is marked: no wider than they need."""
    pins = pins_of(sites, query, named=one_of_each_commune(sites))
    farthest = max((one.distance_km or 0 for one in sites), default=place.reach_km)
    points = [place.point, *(one.point for one in sites)]
    corners = corners_around(points, max(farthest * (EDGE if sites else 1), LEAST_KM))
    is_named = any(pin.name == place.label for pin in pins)
    mark = Mark(place.label, place.point, "" if is_named else place.label)
    return draw(outlines(), pins, around=corners, mark=mark)


def corners_around(points: Sequence[Point], edge_km: float) -> list[Point]:
    """Return the south-west and north-east corners of a box with an edge around all `points`."""
    latitudes, longitudes = zip(*points, strict=True)
    sides = product((min(latitudes), max(latitudes)), (min(longitudes), max(longitudes)))
    boxes = [bounding_box(Point(*corner), edge_km) for corner in sides]
    south, north, west, east = zip(*boxes, strict=True)
    return [Point(min(south), min(west)), Point(max(north), max(east))]


def one_of_each_commune(sites: Iterable[SiteSlots]) -> set[str]:
    """Return the first site of each commune by its slug: names are printed once."""
    first: dict[str, str] = {}
    for one in sites:
        first.setdefault(one.site.commune, one.site.slug)
    return set(first.values())


def pins_of(sites: Iterable[SiteSlots], query: str, named: Collection[str]) -> list[Pin]:
    """Return a pin of each site; those `named`, by slug, with the name of their commune."""
    asked = f"?{query}" if query else ""
    return [
        Pin(
            key=found.site.slug,
            label=found.site.name,
            href=address_of("site", found.site.slug) + asked,
            point=found.point,
            count=None if is_closed(count) else count.free,
            is_closed=is_closed(count),
            name=found.site.commune if found.site.slug in named else "",
            kind=counted_kind([one.space for one in found.spaces]),
            is_few=count.is_few,
        )
        for found, count in ((one, one.count) for one in sites)
    ]


def is_closed(count: Count) -> bool:
    """Tell whether there is nothing to be had, whoever has booked."""
    return count.state is State.CLOSED


@dataclass(frozen=True)
class DepartementShape:
    """A département on the map of the network: its outline, and where its name stands."""

    name: str
    href: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class NetworkMap:
    """The départements of the network as one picture."""

    frame: Frame
    shapes: list[DepartementShape]


def network_map(codes: Mapping[str, str]) -> NetworkMap | None:
    """Return the map of the départements of those codes, by name, each a link to its sites.

    None where no outline is known.
    """
    rings = {name: ring for name, ring in outlines().items() if ring and name in codes}
    if not rings:
        return None
    frame = Frame.around((lon, lat) for ring in rings.values() for lon, lat in ring)
    return NetworkMap(
        frame, [shape(frame, name, codes[name], ring) for name, ring in rings.items()]
    )


def shape(frame: Frame, name: str, code: str, ring: Ring) -> DepartementShape:
    """Return how a département is drawn: its name stands in the middle of its land."""
    lon, lat = middle_of(ring)
    href = reverse("departement", args=[code])
    return DepartementShape(name, href, frame.path(ring), frame.x(lon), frame.y(lat))
