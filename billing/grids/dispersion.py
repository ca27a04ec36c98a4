"""How far prices of one thing lie apart between sites. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from billing.prices.vat import divided


class Place(NamedTuple):
    """A territory by its name, and its code: INSEE of a département, SIREN of an EPCI."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The prices that so many sites ask for one thing, in cents."""

    sites: int
    least: int
    median: int
    most: int

    @property
    def is_equal(self) -> bool:
        """Tell whether all of them ask the same."""
        return self.least == self.most


def spread(cents: Sequence[int]) -> Spread:
    """Return the spread of one price or more, each of one site.

    The median of an even number of prices lies in the middle of two, to the cent.

    >>> spread([800, 1000, 900, 805])
    Spread(sites=4, least=800, median=853, most=1000)
    """
    inner = sorted(cents)
    middle = (len(inner) - 1) // 2
    median = divided(inner[middle] + inner[len(inner) // 2], 2)
    return Spread(len(inner), inner[0], median, inner[-1])


def spreads(prices: Iterable[tuple[Place, int]]) -> dict[Place, Spread]:
    """Return the spread of each place, by name: `prices` tells where and what one site asks."""
    found: dict[Place, list[int]] = defaultdict(list)
    for place, cents in prices:
        found[place].append(cents)
    return {place: spread(found[place]) for place in sorted(found)}
