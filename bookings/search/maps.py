"""The map of what a search found."""

from collections.abc import Callable, Iterable

from django.core.cache import cache
from django.urls import reverse

from bookings.search.slots import SiteSlots
from network.models import Departement
from sites.models import Site
from sites.schematic import Pin, Ring, SchematicMap, draw

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


def map_of(
    sites: Iterable[SiteSlots], count: Callable[[SiteSlots], int], query: str = ""
) -> SchematicMap:
    """Return the map of `sites`, each with what `count` counts; links keep `query`."""
    pins = [
        Pin(
            key=found.site.slug,
            label=found.site.name,
            href=reverse("site", args=[found.site.slug]) + (f"?{query}" if query else ""),
            point=found.point,
            count=count(found),
            name=found.site.commune if found.site.category == Site.Category.FLAGSHIP else "",
        )
        for found in sites
    ]
    return draw(outlines(), pins)
