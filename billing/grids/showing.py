"""A grid as its page shows it: of each category of site a table, kinds by durations. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from billing.models import Band, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Site, Space


class Cell(NamedTuple):
    """A price in cents, and the one off peak where it is another."""

    price: int
    off_peak: int | None


@dataclass(frozen=True)
class Section:
    """The prices of one category of site: of each kind, a cell or None for each duration.

    `bands`: how far its sites may go, in per cent below and above; of each such pair the kinds.
    """

    category: Site.Category
    durations: Sequence[Duration]
    kinds: Mapping[Space.Kind, Sequence[Cell | None]]
    bands: Mapping[tuple[int, int], Sequence[Space.Kind]]


def sections(grid: TariffGrid, group: Group) -> list[Section]:
    """Return what a grid says to one group, empty rows and columns left out: two queries.

    A price that the group has not of its own is the standard one, as in quotes.
    """
    rows = grid.gridprices.filter(group__in=(Group.STANDARD, group))
    prices = {(row.category, row.kind, row.duration, row.group): row for row in rows}
    cells: dict[str, dict[str, dict[str, Cell]]] = defaultdict(lambda: defaultdict(dict))
    for category, kind, duration, _group in prices:
        row = prices.get((category, kind, duration, group))
        row = row or prices.get((category, kind, duration, Group.STANDARD))
        if row:
            cells[category][kind][duration] = Cell(row.price_cents, row.off_peak_cents)
    bands = list(grid.bands.all())
    return [section(one, cells[one], bands) for one in Site.Category if one in cells]


def section(
    category: Site.Category, kinds: Mapping[str, Mapping[str, Cell]], bands: Sequence[Band]
) -> Section:
    """Return a category's table in the order of kinds and durations."""
    durations = [one for one in Duration if any(one in cells for cells in kinds.values())]
    rows = {
        kind: [kinds[kind].get(duration) for duration in durations]
        for kind in Space.Kind
        if kind in kinds
    }
    own = [band for band in bands if band.category == category and band.kind in kinds]
    return Section(category, durations, rows, by_width(own))


def by_width(bands: Sequence[Band]) -> dict[tuple[int, int], list[Space.Kind]]:
    """Return the kinds of each band; one of no width is none."""
    found: dict[tuple[int, int], list[Space.Kind]] = defaultdict(list)
    for band in bands:
        if band.below_percent or band.above_percent:
            found[band.below_percent, band.above_percent].append(Space.Kind(band.kind))
    return dict(found)


def groups_of(grid: TariffGrid) -> list[Group]:
    """Return the groups that a grid has prices for, the standard one first."""
    there = set(grid.gridprices.values_list("group", flat=True))
    return [one for one in Group if one in there]


def chosen_section(found: Sequence[Section], word: str) -> Section | None:
    """Return the category of site that is asked for; else that of most sites."""
    asked = next((one for one in found if one.category == word), None)
    many = Counter(Site.objects.active().values_list("category", flat=True))
    return asked or max(found, key=lambda one: many[one.category], default=None)
