"""What the sites that somebody runs ask: beside the grid, and within its band."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.grids.reviewing import held_by_each, reviewed
from billing.grids.showing import groups_of
from billing.grids.site_prices import offers
from billing.models import TariffGrid
from billing.views.tariffs import asked_group
from network.views.person import person_of
from network.views.typed import sign_in_first
from sites.models import Site


@never_cache
@sign_in_first
@require_safe
def local_prices(request: HttpRequest) -> HttpResponse:
    """List the sites that the person runs, with how many prices of their own they have."""
    sites = Site.objects.run_by(person_of(request)).select_related("commune")
    rows = list(sites.order_by("name", "pk"))
    if not rows:
        raise PermissionDenied
    today = timezone.localdate()
    found = reviewed(sites, today)
    context = {"section": "local-prices", "sites": rows, "reviewed": found, "today": today}
    return render(request, "billing/local_prices.html", context)


@never_cache
@sign_in_first
@require_safe
def site_prices(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the grid's prices at one site, what the site asks, and what is subsidised."""
    site = run_site(request, slug)
    today = timezone.now().astimezone(site.zone).date()
    coming = list(TariffGrid.objects.to_come(today))
    grid, group = TariffGrid.objects.in_force(today), asked_group(request)
    context = {
        "section": "local-prices",
        "site": site,
        "grid": grid,
        "group": group,
        "groups": groups_of(grid) if grid else [],
        "offers": offers(site, grid, group, today) if grid else [],
        "coming": held_by_each(reviewed(Site.objects.filter(pk=site.pk), today), coming),
    }
    return render(request, "billing/site_prices.html", context)


def run_site(request: HttpRequest, slug: str) -> Site:
    """Return a site that the person runs. Raises Http404."""
    sites = Site.objects.run_by(person_of(request)).select_related("commune")
    return get_object_or_404(sites, slug=slug)
