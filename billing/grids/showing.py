"""A grid as its page shows it: of each category of site a table, kinds by durations. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from billing.grids.bands import Bounds, bounds
from billing.models import Band, GridPrice, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Site, Space


class Cell(NamedTuple):
    """A price, and within what sites may set their own; all in cents."""

    price: int
    off_peak: int | None
    within: Bounds

    @property
    def has_band(self) -> bool:
        """Tell whether sites may ask another price."""
        return self.within != Bounds(self.price, self.price)


@dataclass(frozen=True)
class Section:
    """The prices of one category of site: of each kind, a cell or None for each duration."""

    category: Site.Category
    durations: Sequence[Duration]
    kinds: Mapping[Space.Kind, Sequence[Cell | None]]


def sections(grid: TariffGrid, group: Group) -> list[Section]:
    """Return what a grid says to one group, empty rows and columns left out: two queries.

    A price that the group has not of its own is the standard one, as in quotes.
    """
    rows = grid.gridprices.filter(group__in=(Group.STANDARD, group))
    prices = {(row.category, row.kind, row.duration, row.group): row for row in rows}
    bands = {(band.category, band.kind): band for band in grid.bands.all()}
    cells: dict[str, dict[str, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for category, kind, duration, _group in prices:
        row = prices.get((category, kind, duration, group))
        row = row or prices.get((category, kind, duration, Group.STANDARD))
        if row:
            cells[category][kind][duration] = cell(row, bands.get((category, kind)))
    return [section(one, cells[one]) for one in Site.Category if one in cells]


def section(category: Site.Category, kinds: Mapping[str, Mapping[str, Cell]]) -> Section:
    """Return a category's table in the order of kinds and durations."""
    durations = [one for one in Duration if any(one in cells for cells in kinds.values())]
    rows = {
        kind: [kinds[kind].get(duration) for duration in durations]
        for kind in Space.Kind
        if kind in kinds
    }
    return Section(category, durations, rows)


def cell(row: GridPrice, band: Band | None) -> Cell:
    """Return a price with what its band allows."""
    below, above = (band.below_percent, band.above_percent) if band else (0, 0)
    return Cell(row.price_cents, row.off_peak_cents, bounds(row.price_cents, below, above))


def groups_of(grid: TariffGrid) -> list[Group]:
    """Return the groups that a grid has prices for, the standard one first."""
    there = set(grid.gridprices.values_list("group", flat=True))
    return [one for one in Group if one in there]
