"""Usual sizes of sites and spaces: what is unusual is pointed out, never refused.

Figures: "usages et services TIC en Alsace", 2011, §9, for surfaces, with its own gaps (100 to 150,
800 to 1,000 m²); the seats of an event hall are the network's.
"""

from collections.abc import Mapping

from sites.models import Site, Space

#: Least and most m²; nothing is said between two of them, where the study says nothing.
SURFACES: Mapping[str, tuple[int, int]] = {
    Site.Category.FLAGSHIP: (150, 800),
    Site.Category.URBAN: (150, 800),
    Site.Category.RURAL: (0, 99),
    Site.Category.BUSINESS_CENTRE: (1_000, 20_000),
}
#: People.
SEATS: Mapping[str, tuple[int, int]] = {Space.Kind.EVENT_HALL: (100, 400)}


def unusual_surface(site: Site) -> tuple[int, int] | None:
    """Return the usual least and most m² of the site's category if its own are not among them.

    A flagship may be larger than what is usual ("et plus").
    """
    least, most = SURFACES[site.category]
    if (
        site.surface_m2 is None
        or site.surface_m2 >= least
        and (site.surface_m2 <= most or site.category == Site.Category.FLAGSHIP)
    ):
        return None
    return least, most


def unusual_seats(space: Space) -> tuple[int, int] | None:
    """Return the usual least and most seats of the space's kind if its own are not among them."""
    least, most = SEATS.get(space.kind, (0, space.capacity))
    return None if least <= space.capacity <= most else (least, most)
