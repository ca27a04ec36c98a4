"""Which passes are sold where. Reads only."""

from datetime import datetime

from django.db.models import QuerySet

from billing.models import PassOffer, TariffGrid
from sites.models import Site, Space


def offers_at(site: Site, now: datetime) -> QuerySet[PassOffer]:
    """Return what a site sells: passes of the grid in force, for a kind of space that it has."""
    grid = TariffGrid.objects.in_force(now.astimezone(site.zone).date())
    kinds = Space.objects.filter(site=site, is_active=True).values("kind")
    rows = PassOffer.objects.filter(grid=grid, category__in=("", site.category), kind__in=kinds)
    return rows.order_by("kind", "price_cents", "pk")


def sites_selling(offer: PassOffer) -> QuerySet[Site]:
    """Return the sites that sell a pass, were its grid in force."""
    spaces = Space.objects.filter(kind=offer.kind, is_active=True)
    sites = Site.objects.active().filter(pk__in=spaces.values("site"))
    return sites.filter(category=offer.category) if offer.category else sites
