"""The map of what a search found."""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.core.cache import cache
from django.urls import reverse

from bookings.search.places import Place
from bookings.search.slots import SiteSlots
from network.models import Departement
from sites.geo import Point, bounding_box
from sites.models import Site
from sites.schematic import Mark, Pin, Ring, SchematicMap, draw

OUTLINES_CACHE_S = 3600
#: A map around a place shows at least so much, and that much beyond its farthest pin.
LEAST_KM, EDGE = 5.0, 1.25


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


def map_of(
    sites: Iterable[SiteSlots], count: Callable[[SiteSlots], int], query: str = ""
) -> SchematicMap:
    """Return the map of `sites`, each with what `count` counts; links keep `query`."""
    shown = list(sites)
    flagships = {one.site.slug for one in shown if one.site.category == Site.Category.FLAGSHIP}
    return draw(outlines(), pins_of(shown, count, query, named=flagships))


def map_around(
    place: Place, sites: Sequence[SiteSlots], count: Callable[[SiteSlots], int], query: str = ""
) -> SchematicMap:
    """Return the map of `sites` around `place`: marked, in the middle, every pin in the picture."""
    pins = pins_of(sites, count, query, named=one_of_each_commune(sites))
    farthest = max((one.distance_km or 0 for one in sites), default=place.reach_km)
    box = bounding_box(place.point, max(farthest * EDGE, LEAST_KM))
    corners = [Point(box.south, box.west), Point(box.north, box.east)]
    is_named = any(pin.name == place.label for pin in pins)
    mark = Mark(place.label, place.point, "" if is_named else place.label)
    return draw(outlines(), pins, around=corners, mark=mark)


def one_of_each_commune(sites: Iterable[SiteSlots]) -> set[str]:
    """Return the first site of each commune by its slug: names are printed once."""
    first: dict[str, str] = {}
    for one in sites:
        first.setdefault(one.site.commune, one.site.slug)
    return set(first.values())


def pins_of(
    sites: Iterable[SiteSlots],
    count: Callable[[SiteSlots], int],
    query: str,
    named: Collection[str],
) -> list[Pin]:
    """Return a pin of each site; those `named`, by slug, with the name of their commune."""
    return [
        Pin(
            key=found.site.slug,
            label=found.site.name,
            href=reverse("site", args=[found.site.slug]) + (f"?{query}" if query else ""),
            point=found.point,
            count=count(found),
            name=found.site.commune if found.site.slug in named else "",
        )
        for found in sites
    ]
