"""What one site asks beside the grid, its own prices and its subsidies. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.grids.bands import Margins
from billing.grids.conformity import Finding
from billing.grids.tables import Key, price_of, table_of
from billing.models import LocalPrice, Subsidy, TariffGrid
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Site, Space


@dataclass(frozen=True)
class Offer:
    """One price of the grid at a site: what it allows, what is asked instead, and who helps pay.

    `rows`: the site's own prices, that in force first if there is one, then those to come.
    """

    kind: Space.Kind
    duration: Duration
    grid: Price
    margins: Margins
    rows: Sequence[LocalPrice]
    subsidies: Sequence[Subsidy]
    today: date

    @property
    def own(self) -> LocalPrice | None:
        """Return the site's own price in force."""
        row = next((one for one in self.rows if one.starts_on <= self.today), None)
        return None if row is None or row.is_withdrawn else row

    @property
    def has_own(self) -> bool:
        """Tell whether the site asks a price of its own, today or from a later day on."""
        return self.own is not None or any(not one.is_withdrawn for one in self.to_come)

    @property
    def to_come(self) -> list[LocalPrice]:
        """Return what the site asks from a later day on, going back to the grid included."""
        return [one for one in self.rows if one.starts_on > self.today]

    @property
    def full(self) -> Price:
        """Return what is charged before any subsidy: the site's own price, else the grid's."""
        return self.margins.hold(price_of(self.own)) if self.own else self.grid

    @property
    def outside(self) -> Finding | None:
        """Return the site's own price beside the band, where it lies outside and is held to it."""
        found = Finding(price_of(self.own), self.margins) if self.own else None
        return None if found is None or found.conforms else found


@dataclass(frozen=True)
class OfGrid:
    """What one grid says of a price at a site from a day on; None where it has no such price."""

    begins: date
    price: Price | None
    margins: Margins | None


def of_grid(site: Site, key: Key, grid: TariffGrid, begins: date) -> OfGrid:
    """Return what an adopted grid says of one price at a site from a day on."""
    ware, table = (site.category, *key), table_of(grid.pk)
    return OfGrid(begins, table.prices.get(ware), table.margins.get(ware))


def offers(site: Site, grid: TariffGrid, group: Group, today: date) -> list[Offer]:
    """Return what the grid has a price of, for one group, and the site sells; three queries.

    The grid is adopted.
    """
    sold = set(site.spaces.filter(is_active=True).values_list("kind", flat=True))
    own, subsidies = own_rows(site, group, today), subsidies_of(site, group, today)
    table = table_of(grid.pk)
    return [
        Offer(
            kind=kind,
            duration=duration,
            grid=table.prices[ware],
            margins=table.margins[ware],
            rows=own[kind, duration],
            subsidies=subsidies[kind, duration],
            today=today,
        )
        for kind in Space.Kind
        for duration in Duration
        if kind in sold and (ware := (site.category, kind, duration, group)) in table.prices
    ]


def own_rows(
    site: Site, group: Group, today: date
) -> defaultdict[tuple[str, str], list[LocalPrice]]:
    """Return the site's own prices that count today or later, the earliest first."""
    found: defaultdict[tuple[str, str], list[LocalPrice]] = defaultdict(list)
    for row in LocalPrice.objects.filter(site=site, group=group).order_by("starts_on"):
        rows = found[row.kind, row.duration]
        if row.starts_on <= today:
            rows.clear()
        rows.append(row)
    return found


def subsidies_of(
    site: Site, group: Group, today: date
) -> defaultdict[tuple[str, str], list[Subsidy]]:
    """Return what is subsidised at the site today or later."""
    found: defaultdict[tuple[str, str], list[Subsidy]] = defaultdict(list)
    rows = Subsidy.objects.not_over(today).filter(site=site, group=group)
    for row in rows.select_related("funder").order_by("starts_on"):
        found[row.kind, row.duration].append(row)
    return found
