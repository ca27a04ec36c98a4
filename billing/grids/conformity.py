"""Whether a site's own prices lie within the bands of the grids that they meet. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from billing.grids.bands import Margins
from billing.prices.cheapest import Price


@dataclass(frozen=True)
class Reign:
    """A grid with its days, the last one not included, and what it allows.

    `margins`: by category of site, kind, duration and group.
    """

    grid: int
    begins: date
    ends: date | None
    margins: Mapping[tuple[str, str, str, str], Margins]

    def meets(self, begins: date, ends: date | None) -> bool:
        """Tell whether something that holds from a day until before another meets its days."""
        return (ends is None or self.begins < ends) and (self.ends is None or begins < self.ends)


@dataclass(frozen=True)
class Finding:
    """A price beside what one grid allows; without margins the grid has no such price."""

    price: Price
    margins: Margins | None

    @property
    def furthest(self) -> tuple[int, int]:
        """Return which of both prices lies outside the most, and by how many cents."""
        if self.margins is None:
            return self.price.peak, 0
        pairs = zip(self.price, self.margins, strict=True)
        told = [(cents, within.off_by(cents)) for cents, within in pairs]
        return max(told, key=lambda pair: abs(pair[1]))

    @property
    def off_by(self) -> int:
        """Return by how many cents it lies outside, in peak hours or off: negative is below."""
        return self.furthest[1]

    @property
    def charged(self) -> Price | None:
        """Return what is charged instead: the price held to the band; None where it has none."""
        return self.margins.hold(self.price) if self.margins else None

    @property
    def conforms(self) -> bool:
        """Tell whether the grid has the price, and it lies within both bounds."""
        return self.margins is not None and self.off_by == 0


@dataclass(frozen=True)
class Held:
    """A site's price over its days, the last one not included. `key`: as in margins."""

    key: tuple[str, str, str, str]
    price: Price
    begins: date
    ends: date | None


def judged(held: Held, reign: Reign) -> Finding | None:
    """Return a price beside a grid's bounds; None when the two never meet."""
    if not reign.meets(held.begins, held.ends):
        return None
    return Finding(held.price, reign.margins.get(held.key))
