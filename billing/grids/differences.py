"""What changes from one grid to another. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from billing.grids.showing import Cell, Section
from billing.prices.durations import Duration
from billing.prices.vat import divided
from sites.models import Space

THOUSAND = 1000


class Change(NamedTuple):
    """A price that is another, new (none before) or no longer there (none after)."""

    kind: Space.Kind
    duration: Duration
    before: Cell | None
    after: Cell | None

    @property
    def cents(self) -> int | None:
        """Return by how many cents the price in peak hours changes."""
        return self.after.price - self.before.price if self.before and self.after else None

    @property
    def per_mille(self) -> int | None:
        """Return by how many thousandths of it the price changes; None of what cost nothing."""
        if self.cents is None or self.before is None or not self.before.price:
            return None
        return divided(self.cents * THOUSAND, self.before.price)


@dataclass(frozen=True)
class Changes:
    """What changes of the prices of one category and group, and how many stay as they are."""

    rows: Sequence[Change]
    unchanged: int

    @property
    def dearer(self) -> int:
        """Return how many prices rise."""
        return sum(1 for one in self.rows if (one.cents or 0) > 0)

    @property
    def cheaper(self) -> int:
        """Return how many prices fall."""
        return sum(1 for one in self.rows if (one.cents or 0) < 0)


def changes(before: Section | None, after: Section | None) -> Changes:
    """Return the changes between what two grids say of one category to one group."""
    old, new = cells_of(before), cells_of(after)
    every = [
        Change(kind, duration, old.get((kind, duration)), new.get((kind, duration)))
        for kind in Space.Kind
        for duration in Duration
        if (kind, duration) in old or (kind, duration) in new
    ]
    rows = [one for one in every if one.before != one.after]
    return Changes(rows, len(every) - len(rows))


def cells_of(section: Section | None) -> Mapping[tuple[Space.Kind, Duration], Cell]:
    """Return the cells of a section that have a price."""
    return dict(told_cells(section)) if section else {}


def told_cells(section: Section) -> Iterator[tuple[tuple[Space.Kind, Duration], Cell]]:
    """Yield each cell of a section with its kind and duration."""
    for kind, cells in section.kinds.items():
        for duration, cell in zip(section.durations, cells, strict=True):
            if cell is not None:
                yield (kind, duration), cell
