"""The prices of a grid and of sites, read once and looked up by what is asked.

An adopted grid is never edited, so its rows are kept by each process; what sites set themselves
is read anew each time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple, Protocol

from django.db.models import BigIntegerField, DateField, QuerySet

from billing.grids.bands import Margins, margins
from billing.models import Band, GridPrice, LocalPrice, OffPeak, Subsidy, TariffGrid
from billing.prices.cheapest import Price, Prices
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.sql import Among, Given, Statement, kept, together
from sites.models import Site

#: A price is one of a kind, for a duration and a group.
Key = tuple[str, str, str]
#: What a grid has a price of: category of site, kind, duration, group.
Ware = tuple[str, str, str, str]
#: Hours of a weekday, by the site's clocks.
Hours = tuple[int, time, time]


class Rate(NamedTuple):
    """What a duration costs somebody and in full, and which subsidy of whom pays the rest."""

    price: Price
    full: Price
    subsidy: int | None = None
    funder: int | None = None


@dataclass(frozen=True)
class Tariff:
    """What one kind of space costs one customer group at one site."""

    grid: int
    group: Group
    rates: Mapping[Duration, Rate]
    off_peak: tuple[Hours, ...]

    @property
    def prices(self) -> Prices:
        """Return what is paid, by duration."""
        return {duration: rate.price for duration, rate in self.rates.items()}

    @property
    def unaided(self) -> "Tariff":
        """Return what it costs where no funder pays anything."""
        rates = {duration: Rate(rate.full, rate.full) for duration, rate in self.rates.items()}
        return replace(self, rates=rates)


@dataclass(frozen=True)
class GridTable:
    """All that one grid says, and within what it lets sites set prices of their own."""

    grid: int
    prices: Mapping[Ware, Price]
    margins: Mapping[Ware, Margins]
    off_peak: Mapping[str, tuple[Hours, ...]]

    @property
    def groups(self) -> list[Group]:
        """Return the groups that have prices of their own, in their usual order."""
        told = {group for *_rest, group in self.prices}
        return [one for one in Group if one in told]


def price_of(row: GridPrice | LocalPrice | Subsidy) -> Price:
    """Return both prices of a row; without one off peak, they are the same."""
    off_peak = row.price_cents if row.off_peak_cents is None else row.off_peak_cents
    return Price(row.price_cents, off_peak)


@lru_cache(maxsize=16)
def table_of(grid: int) -> GridTable:
    """Return the table of an adopted grid."""
    return table_now(grid)


def table_now(grid: int) -> GridTable:
    """Return the table of a grid as it stands, which a draft's may be changing."""
    prices = {ware_of(row): price_of(row) for row in GridPrice.objects.filter(grid=grid)}
    off_peak: dict[str, list[Hours]] = defaultdict(list)
    for row in OffPeak.objects.filter(grid=grid).order_by("weekday", "starts_at"):
        off_peak[row.kind].append((row.weekday, row.starts_at, row.ends_at))
    hours = {kind: tuple(some) for kind, some in off_peak.items()}
    return GridTable(grid, prices, margins_in(grid, prices), hours)


def ware_of(row: GridPrice) -> Ware:
    """Return what a row of a grid is the price of."""
    return row.category, row.kind, row.duration, row.group


def margins_in(grid: int, prices: Mapping[Ware, Price]) -> dict[Ware, Margins]:
    """Return within what sites may ask; without a band it is the grid's price alone."""
    rows = Band.objects.filter(grid=grid)
    widths = {(one.category, one.kind): (one.below_percent, one.above_percent) for one in rows}
    return {ware: margins(price, *widths.get(ware[:2], (0, 0))) for ware, price in prices.items()}


@dataclass(frozen=True)
class SitePrices:
    """What some sites set themselves: the first of each key counts."""

    local: Mapping[tuple[int, *Key], Price]
    subsidies: Mapping[tuple[int, *Key], Subsidy]


@kept
def adopted_grids() -> QuerySet[TariffGrid, tuple[int]]:
    """Return a grid, if any was ever put in force."""
    return TariffGrid.objects.adopted().values_list("pk")[:1]


@kept
def grid_in_force() -> QuerySet[TariffGrid, tuple[int]]:
    """Return the grid in force on a day, if there is one."""
    grids = TariffGrid.objects.adopted().filter(in_force_from__lte=Given("day", DateField()))
    return grids.order_by("-in_force_from").values_list("pk")[:1]


@kept
def local_prices() -> QuerySet[LocalPrice]:
    """Return what some sites ask on a day, the last of each first."""
    some = Among("site", "sites", BigIntegerField())
    return LocalPrice.objects.in_force(Given("day", DateField())).filter(some)


@kept
def subsidies() -> QuerySet[Subsidy]:
    """Return what is subsidised at some sites on a day."""
    some = Among("site", "sites", BigIntegerField())
    return Subsidy.objects.in_force(Given("day", DateField())).filter(some).order_by("starts_on")


class HasCategory(Protocol):
    """A site, or what prices need to know of it."""

    @property
    def pk(self) -> int:
        """Return its key."""

    @property
    def category(self) -> str:
        """Return its category."""


class AskedTariffs:
    """What some sites cost who books on a day, to be asked with other things."""

    def __init__(self, sites: Iterable[HasCategory], day: date) -> None:
        self.categories = {site.pk: site.category for site in sites}
        self.grid = grid_in_force().asked(day=day)
        self.local = local_prices().asked(sites=self.categories, day=day)
        self.subsidies = subsidies().asked(sites=self.categories, day=day)
        self.statements: tuple[Statement, ...] = (self.grid, self.local, self.subsidies)

    @property
    def tariffs(self) -> "Tariffs | None":
        """Return what was read; None before there is any grid."""
        if not self.grid.rows:
            return None
        ((grid,),) = self.grid.rows
        return Tariffs(table_of(grid), self.categories, self.own)

    @property
    def own(self) -> SitePrices:
        """Return what the sites set themselves."""
        local: dict[tuple[int, *Key], Price | None] = {}
        for row in self.local.rows:
            local.setdefault(key_of(row), None if row.is_withdrawn else price_of(row))
        subsidised = {key_of(row): row for row in self.subsidies.rows}
        return SitePrices({key: price for key, price in local.items() if price}, subsidised)


def key_of(row: LocalPrice | Subsidy) -> tuple[int, *Key]:
    """Return where and for what a price is."""
    return row.site_id, row.kind, row.duration, row.group


class Tariffs:
    """The prices of some sites on the day that somebody books."""

    def __init__(self, table: GridTable, categories: Mapping[int, str], own: SitePrices) -> None:
        self.table, self.categories, self.own = table, categories, own

    def tariff(self, site: int, kind: str, group: Group = Group.STANDARD) -> Tariff | None:
        """Return what a kind costs a group at a site; None when the grid has no price for it.

        A duration for which the group has no price of its own costs what it costs everybody.
        """
        rates = {one: rate for one in Duration if (rate := self.rate(site, kind, one, group))}
        if not rates:
            return None
        off_peak = (*self.table.off_peak.get("", ()), *self.table.off_peak.get(kind, ()))
        return Tariff(self.table.grid, group, rates, off_peak)

    def of_groups(self, site: int, kind: str, groups: Iterable[Group]) -> list[Tariff]:
        """Return what a kind costs everybody at a site, and each of some groups besides."""
        every = dict.fromkeys((Group.STANDARD, *groups))
        return [one for group in every if (one := self.tariff(site, kind, group))]

    def rate(self, site: int, kind: str, duration: Duration, group: Group) -> Rate | None:
        """Return a duration's rate: the site's own, else the grid's; a subsidy below either."""
        full = self.full(site, (kind, duration, group))
        if full is None and group != Group.STANDARD:
            return self.rate(site, kind, duration, Group.STANDARD)
        if full is None:
            return None
        subsidy = self.own.subsidies.get((site, kind, duration, group))
        return subsidised(full, subsidy) if subsidy else Rate(full, full)

    def full(self, site: int, key: Key) -> Price | None:
        """Return the full price of a site: its own, else the grid's for its category.

        Its own is held to the band of the grid, which may be narrower than when it was set.
        """
        ware = (self.categories[site], *key)
        own, grids = self.own.local.get((site, *key)), self.table.prices.get(ware)
        return self.table.margins[ware].hold(own) if own and grids else grids


def subsidised(full: Price, subsidy: Subsidy) -> Rate:
    """Return what a subsidy leaves to pay; it pays nothing of a full price that came down to it."""
    paid = Price(*map(min, full, price_of(subsidy)))
    return Rate(full, full) if paid == full else Rate(paid, full, subsidy.pk, subsidy.funder_id)


def tariffs_in_force(sites: Iterable[Site], day: date) -> Tariffs | None:
    """Return what those sites cost who books on `day`; None before there is any grid."""
    asked = AskedTariffs(sites, day)
    together(*asked.statements)
    return asked.tariffs
