"""What is read of sites: a page of them, or one."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from api.queries.cursors import opened, page_of
from api.schemas.sites import SitesIn
from sites.geo import Point, bounding_box, distance_km
from sites.models import Site, Space, Unit


def matching_sites(query: SitesIn) -> QuerySet[Site]:
    """Return the active sites that meet every filter but the distance, which is only boxed."""
    sites = Site.objects.active().select_related("commune")
    if query.category:
        sites = sites.filter(category=query.category)
    if query.space_kind:
        kind = Space.objects.filter(site=OuterRef("pk"), is_active=True, kind=query.space_kind)
        sites = sites.filter(Exists(kind))
    if query.specialisation:
        sites = sites.filter(specialisations__code=query.specialisation)
    if query.q.strip():
        sites = sites.named_like(query.q)
    if query.near:
        sites = sites.maybe_in(bounding_box(query.near, query.radius_km))
    return sites


def sites_page(query: SitesIn) -> tuple[list[tuple[Site, float | None]], str | None]:
    """Return a page of sites with their distances: nearest first, or by slug; and a cursor."""
    if query.near:
        return nearest_sites(query, query.near)
    sites = matching_sites(query).order_by("slug")
    if query.cursor:
        (slug,) = opened("sites", query.cursor)
        sites = sites.filter(slug__gt=slug)
    rows, following = page_of(
        list(sites[: query.limit + 1]), query.limit, "sites", lambda site: [site.slug]
    )
    return [(site, None) for site in rows], following


def nearest_sites(
    query: SitesIn, near: Point
) -> tuple[list[tuple[Site, float | None]], str | None]:
    """Return a page of the sites within the circle, nearest first, and the cursor."""
    after = tuple(opened("sites.near", query.cursor)) if query.cursor else (-1.0, "")
    found = sorted(
        (
            (distance, site.slug, site)
            for site in matching_sites(query)
            if (distance := distance_km(near, site.point)) <= query.radius_km
            and (distance, site.slug) > after
        ),
        key=lambda row: row[:2],
    )
    rows, following = page_of(found, query.limit, "sites.near", lambda row: [row[0], row[1]])
    return [(site, distance) for distance, _slug, site in rows], following


def detailed_site(slug: str) -> Site:
    """Return an active site with its hours. Raises Site.DoesNotExist."""
    return (
        Site.objects.active()
        .select_related("commune", "operator")
        .prefetch_related("opening_hours")
        .get(slug=slug)
    )


def bookable_spaces(site: Site) -> QuerySet[Space]:
    """Return the active spaces of `site`, with their active units."""
    active_units = Prefetch("units", queryset=Unit.objects.active())
    spaces = site.spaces.filter(is_active=True).prefetch_related(active_units)
    return spaces.order_by("position", "pk")
