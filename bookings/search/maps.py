"""The map of what a search found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from shapely import Polygon

from bookings.search.counting import Count, State
from bookings.search.slots import SiteSlots
from network.models import Departement
from sites.models import Site
from sites.schematic import Frame, Pin, Ring, SchematicMap, draw

OUTLINES_CACHE_S = 3600


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
    pins = [
        Pin(
            key=found.site.slug,
            label=found.site.name,
            href=reverse("site", args=[found.site.slug]) + (f"?{query}" if query else ""),
            point=found.point,
            count=None if is_closed(count) else count.free,
            is_closed=is_closed(count),
            name=found.site.commune if found.site.category == Site.Category.FLAGSHIP else "",
        )
        for found, count in ((one, one.count) for one in sites)
    ]
    return draw(outlines(), pins)


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
    middle = Polygon(ring).representative_point()
    href = reverse("departement", args=[code])
    return DepartementShape(name, href, frame.path(ring), frame.x(middle.x), frame.y(middle.y))
