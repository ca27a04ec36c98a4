"""The places of the network: public."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from api.access import anyone
from api.documents import PUBLIC, problems
from api.errors import answer
from api.queries.sites import bookable_spaces, detailed_site, sites_page
from api.schemas.fields import Slug
from api.schemas.site import SiteDetailOut
from api.schemas.sites import SitesIn, SitesOut
from api.shapes.site import site_detail_out
from api.shapes.sites import site_out
from sites.queries import load_facts

router = Router(tags=["Sites"], auth=anyone)
#: Enough for a season of closures and stops.
MOST_COMING = 50


@router.get(
    "/sites",
    operation_id="listSites",
    summary=_("Find sites"),
    description=_(
        "Sites that take bookings: the nearest first when `near` is given, else by slug. "
        "An itinerant site is told at its own address."
    ),
    response={200: SitesOut, **problems(401, 422)},
    openapi_extra=PUBLIC,
)
def list_sites(request: HttpRequest, query: Query[SitesIn]) -> HttpResponse:
    """Sites that take bookings: the nearest first when `near` is given, else by slug."""
    rows, following = sites_page(query)
    items = [site_out(site, distance_km) for site, distance_km in rows]
    return answer({"items": items, "next": following})


@router.get(
    "/sites/{slug}",
    operation_id="getSite",
    summary=_("Look at one site"),
    description=_(
        "One site with its hours, connection, accessibility, surroundings and spaces. Texts that "
        "the site has in several languages come in the one that Accept-Language asks for."
    ),
    response={200: SiteDetailOut, **problems(401, 404, 422)},
    openapi_extra=PUBLIC,
)
def get_site(request: HttpRequest, slug: Slug) -> HttpResponse:
    """One site with its hours, connection, accessibility and spaces."""
    site = detailed_site(slug)
    now = timezone.now()
    closures = site.closures.filter(ends_at__gt=now).order_by("starts_at", "pk")
    stops = site.stops.filter(ends_at__gt=now).select_related("commune")
    return answer(
        site_detail_out(
            site,
            load_facts(site, now.astimezone(site.zone).date()),
            closures=closures[:MOST_COMING],
            stops=stops.order_by("starts_at", "pk")[:MOST_COMING],
            spaces=bookable_spaces(site),
        )
    )
