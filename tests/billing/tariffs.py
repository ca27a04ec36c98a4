"""Grids and prices for tests: the usual grid sells desks of rural sites."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from billing.grids import tables
from billing.models import (
    Band,
    GridPrice,
    LocalPrice,
    OffPeak,
    PassOffer,
    Proposal,
    Subsidy,
    TariffGrid,
    Vote,
)
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import Organisation
from sites.models import Site
from tests.factories import MONDAY, NOW, make_organisation, make_site

#: Cents: an hour, a half-day, a day, a week, a month.
USUAL = dict(zip(Duration, (300, 800, 1400, 5000, 15000), strict=True))


def make_grid(
    prices: dict[Duration, int] | None = None, *, from_day: date = MONDAY, **fields: Any
) -> TariffGrid:
    """Make a grid in force from a day, with the prices of a desk in a rural site."""
    tables.table_of.cache_clear()
    number = TariffGrid.objects.count() + 1
    usual = {
        "name": f"Grid {number}",
        "adopted_at": NOW,
        "deliberated_on": from_day,
        "deliberation_number": f"D-{number}",
    }
    grid = TariffGrid.objects.create(in_force_from=from_day, **usual | fields)
    for duration, cents in (USUAL if prices is None else prices).items():
        price(grid, duration, cents)
    return grid


def make_draft(prices: dict[Duration, int] | None = None, **fields: Any) -> TariffGrid:
    """Make a grid that was not put in force."""
    none = {"adopted_at": None, "deliberated_on": None, "deliberation_number": ""}
    return make_grid(prices, **none | fields)


def price(grid: TariffGrid, duration: Duration, cents: int, **fields: Any) -> GridPrice:
    tables.table_of.cache_clear()
    usual = {"category": "rural", "kind": "desk", "group": Group.STANDARD}
    return GridPrice.objects.create(
        grid=grid, duration=duration, price_cents=cents, **usual | fields
    )


def band(grid: TariffGrid, below: int, above: int, **fields: Any) -> Band:
    tables.table_of.cache_clear()
    usual = {"category": "rural", "kind": "desk"}
    return Band.objects.create(
        grid=grid, below_percent=below, above_percent=above, **usual | fields
    )


def off_peak(grid: TariffGrid, weekday: int, starts: str, ends: str, kind: str = "") -> OffPeak:
    start, end = time.fromisoformat(starts), time.fromisoformat(ends)
    return OffPeak.objects.create(
        grid=grid, kind=kind, weekday=weekday, starts_at=start, ends_at=end
    )


def local_price(site: Site, duration: Duration, cents: int, **fields: Any) -> LocalPrice:
    """Have a site ask its own price; a grid that tells no band yet gets one that allows any."""
    usual = {"kind": "desk", "group": Group.STANDARD, "starts_on": MONDAY, "set_at": NOW}
    told = usual | fields
    for grid in TariffGrid.objects.adopted():
        if not Band.objects.filter(grid=grid, category=site.category, kind=told["kind"]).exists():
            band(grid, 100, 1000, category=site.category, kind=told["kind"])
    return LocalPrice.objects.create(site=site, duration=duration, price_cents=cents, **told)


def subsidy(
    site: Site, duration: Duration, cents: int, funder: Organisation | None = None, **fields: Any
) -> Subsidy:
    usual = {
        "kind": "desk",
        "group": Group.STANDARD,
        "starts_on": MONDAY,
        "reason": "Telework in the valley",
    }
    return Subsidy.objects.create(
        site=site,
        duration=duration,
        price_cents=cents,
        funder=funder or make_organisation("CC de la Vallée de Villé", "collectivity"),
        **usual | fields,
    )


def make_proposal(grid: TariffGrid, **fields: Any) -> Proposal:
    """Put a grid to the vote of the active sites since `NOW`, for three weeks."""
    usual = {
        "reasons": "Heating costs more.",
        "opened_at": NOW,
        "closes_at": NOW + timedelta(days=21),
        "quorum_percent": 50,
        "majority_percent": 50,
    }
    proposal = Proposal.objects.create(grid=grid, **usual | fields)
    proposal.electorate.set(Site.objects.active())
    return proposal


def make_voter(proposal: Proposal, name: str = "La Fabrique", **fields: Any) -> Site:
    """Make a site that had a vote on a proposal when it was opened."""
    site = make_site(name, **fields)
    proposal.electorate.add(site)
    return site


def make_vote(site: Site) -> tuple[TariffGrid, Proposal]:
    """Make a draft to edit, and another one that a site voted and commented on, still open."""
    now = timezone.now()
    day = timezone.localdate(now) + timedelta(days=90)
    draft = make_draft({Duration.DAY: 1500}, from_day=day, name="Grille à écrire")
    off_peak(draft, 0, "16:00", "00:00", kind="desk")
    PassOffer.objects.create(
        grid=draft, code="ten", name="Carnet de dix", half_days=10, valid_months=6, price_cents=6500
    )
    asked = make_draft({Duration.DAY: 1600}, from_day=day, name="Grille proposée")
    until = now + timedelta(days=9)
    proposal = make_proposal(asked, reasons="Le chauffage.", opened_at=now, closes_at=until)
    proposal.votes.create(site=site, choice=Vote.Choice.YES, cast_at=now)
    proposal.comments.create(site=site, text="C’est juste.", written_at=now)
    return draft, proposal


def make_carried(site: Site) -> TariffGrid:
    """Make a draft whose vote a site has carried, and that is yet to be put in force."""
    now = timezone.now()
    draft = make_draft(from_day=timezone.localdate(now) + timedelta(days=60), name="Grille votée")
    opened, ended = now - timedelta(days=11), now - timedelta(days=2)
    proposal = make_proposal(draft, opened_at=opened, closes_at=ended, quorum_percent=0)
    proposal.votes.create(site=site, choice=Vote.Choice.YES, cast_at=opened)
    return draft


def make_tariffs() -> TariffGrid:
    """Make all that the page of tariffs can show, in force now, and a grid to follow."""
    today = timezone.localdate()
    grid = make_grid(from_day=today, adopted_at=timezone.now())
    make_grid(from_day=today + timedelta(days=30), name="Grille suivante")
    band(grid, 20, 10)
    off_peak(grid, 0, "16:00", "00:00", kind="desk")
    price(grid, Duration.HALF_DAY, 400, group=Group.STUDENT)
    PassOffer.objects.create(
        grid=grid,
        code="ten",
        name="Carnet de dix",
        half_days=10,
        valid_months=6,
        price_cents=6000,
        is_of_one_site=True,
    )
    return grid
