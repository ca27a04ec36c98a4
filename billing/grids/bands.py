"""How far a site's own price may lie from the grid's. Pure."""

from dataclasses import dataclass
from typing import NamedTuple

from billing.prices.cheapest import Price
from billing.prices.vat import divided

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a site may ask, in cents, both included."""

    least: int
    most: int

    def allow(self, cents: int) -> bool:
        """Tell whether a price lies within."""
        return self.least <= cents <= self.most

    def hold(self, cents: int) -> int:
        """Return a price that lies within: the nearest bound of one that does not."""
        return max(self.least, min(cents, self.most))

    def off_by(self, cents: int) -> int:
        """Return by how many cents a price lies outside: below 0 under the least, 0 within."""
        return min(0, cents - self.least) + max(0, cents - self.most)


class Margins(NamedTuple):
    """Within what a site may ask, in peak hours and outside of them."""

    peak: Bounds
    calm: Bounds

    def hold(self, price: Price) -> Price:
        """Return what is charged where a site asks `price`: never what lies outside."""
        return Price(self.peak.hold(price.peak), self.calm.hold(price.off_peak))


def bounds(grid_cents: int, below_percent: int, above_percent: int) -> Bounds:
    """Return the bounds around a grid's price, to the nearest cent.

    >>> bounds(800, 10, 25)
    Bounds(least=720, most=1000)
    """
    return Bounds(
        divided(grid_cents * (HUNDRED - below_percent), HUNDRED),
        divided(grid_cents * (HUNDRED + above_percent), HUNDRED),
    )


def margins(price: Price, below_percent: int, above_percent: int) -> Margins:
    """Return the bounds around both of a grid's prices."""
    peak, calm = (bounds(one, below_percent, above_percent) for one in price)
    return Margins(peak, calm)
