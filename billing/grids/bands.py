"""How far a site's own price may lie from the grid's. Pure."""

from dataclasses import dataclass

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


def bounds(grid_cents: int, below_percent: int, above_percent: int) -> Bounds:
    """Return the bounds around a grid's price, to the nearest cent.

    >>> bounds(800, 10, 25)
    Bounds(least=720, most=1000)
    """
    return Bounds(
        divided(grid_cents * (HUNDRED - below_percent), HUNDRED),
        divided(grid_cents * (HUNDRED + above_percent), HUNDRED),
    )
