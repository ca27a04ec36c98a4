"""Passes for tests: on offer in the usual grid, and bought at a site with a desk."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from billing.models import Pass, PassOffer, TariffGrid
from billing.passes.buying import buy_pass
from network.models import User
from sites.models import Site, Space
from tests.billing.tariffs import make_grid
from tests.factories import NOW, make_site, make_space


def make_offer(half_days: int = 10, **fields: Any) -> PassOffer:
    """Put a pass on offer in the grid of tests, made with the first of them."""
    grid = fields.pop("grid", None) or TariffGrid.objects.first() or make_grid()
    number = PassOffer.objects.count() + 1
    usual = {"code": f"pass-{number}", "name": f"Pass {number}", "price_cents": 6500}
    return PassOffer.objects.create(grid=grid, half_days=half_days, **usual | fields)


def selling_site(name: str = "", **fields: Any) -> Site:
    """Make a site with a desk: who sells passes sells them for what it has."""
    site = make_site(name, **fields)
    make_space(site)
    return site


def bought(
    person: User,
    half_days: int = 10,
    *,
    site: Site | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Pass:
    """Have somebody buy a pass of so many half-days, of a site that has desks."""
    site = site or Site.objects.first() or selling_site()
    if not Space.objects.filter(site=site).exists():
        make_space(site)
    offer = make_offer(half_days, **fields)
    return buy_pass(offer=offer, site=site, by=person, now=now, key=uuid4())
