"""Passes for tests: on offer in the usual grid, and bought at a site with a desk."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from billing.models import Pass, PassOffer, TariffGrid
from billing.passes.buying import buy_pass
from network.models import User
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.charging.turns import Customer, use
from tests.billing.tariffs import make_grid
from tests.factories import NOW, interval, make_site, make_space


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


def held_pass(person: User, site: Site) -> Pass:
    """Have somebody buy the pass of `make_tariffs` now, and spend three half-days of it."""
    now, offer = timezone.now(), PassOffer.objects.earliest("pk")
    row = buy_pass(offer=offer, site=site, by=person, now=now, key=uuid4())
    spent_on(person, site, 3, now=now)
    return row


def spent_on(
    person: User, site: Site, half_days: int, *, now: datetime = NOW, reference: str = "ABCD-EFGH"
) -> Customer:
    """Have somebody use a desk on so many mornings to come, which their passes cover."""
    somebody = Customer(person)
    somebody.book(reference, use(site, *mornings(half_days, now)), now)
    return somebody


def mornings(count: int, now: datetime = NOW) -> list[Interval]:
    """Return so many mornings, from a week later on."""
    first = now.date() + timedelta(days=7)
    return [interval(first + timedelta(days=n), "08:00", "13:00") for n in range(count)]
