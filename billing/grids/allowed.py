"""What grids allow sites to ask: the bounds of each price. Reads only."""

from billing.grids.bands import Margins, margins
from billing.grids.tables import price_of
from billing.models import Band, GridPrice, TariffGrid

#: What a grid has a price of: category of site, kind, duration, group.
Ware = tuple[str, str, str, str]


def ware_of(row: GridPrice) -> Ware:
    """Return what a row of a grid is the price of."""
    return row.category, row.kind, row.duration, row.group


def margins_of(row: GridPrice, band: Band | None) -> Margins:
    """Return what a site may ask; without a band it is the grid's price alone."""
    below, above = (band.below_percent, band.above_percent) if band else (0, 0)
    return margins(price_of(row), below, above)


def margins_in(grid: TariffGrid) -> dict[Ware, Margins]:
    """Return all that a grid allows: two queries."""
    bands = {(one.category, one.kind): one for one in grid.bands.all()}
    return {
        ware_of(row): margins_of(row, bands.get((row.category, row.kind)))
        for row in grid.gridprices.all()
    }
