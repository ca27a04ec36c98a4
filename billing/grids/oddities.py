"""Prices of a grid that look like slips: told before anybody votes on them, not refused. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from billing.grids.tables import Ware
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Site, Space

#: Days that somebody works in a week.
WORKING_DAYS = 5


@dataclass(frozen=True)
class Named:
    """What a price of a grid is of."""

    category: Site.Category
    kind: Space.Kind
    duration: Duration
    group: Group

    @property
    def ware(self) -> Ware:
        """Return the same as a table has it."""
        return self.category, self.kind, self.duration, self.group


@dataclass(frozen=True)
class Oddity:
    """A price of a grid that is more than another one, or than so many times it. Cents."""

    named: Named
    than: Named
    times: int
    cents: int
    other_cents: int

    def concerns(self, category: str, group: str) -> bool:
        """Tell whether one of both prices stands in the table of a category and a group."""
        groups = (self.named.group, self.than.group)
        return self.named.category == category and group in groups


def oddities(prices: Mapping[Ware, Price]) -> list[Oddity]:
    """Return which prices are more than a longer use costs, or everybody pays, in order.

    A week is held against five days, too; a group pays the standard price where it has none.
    """
    found = (odd(prices, *pair) for pair in pairs(prices))
    return [one for one in found if one]


def odd(prices: Mapping[Ware, Price], named: Named, than: Named, times: int) -> Oddity | None:
    """Return that a price is more than so many times another, in peak hours or else off peak."""
    both = zip(prices[named.ware], prices[than.ware], strict=True)
    told = (Oddity(named, than, times, cents, other) for cents, other in both)
    return next((one for one in told if one.cents > times * one.other_cents), None)


def pairs(prices: Mapping[Ware, Price]) -> Iterator[tuple[Named, Named, int]]:
    """Yield what is not to be more than how many times what else, of all that a grid sells."""
    for category in Site.Category:
        for kind in Space.Kind:
            standard = sold(prices, category, kind, Group.STANDARD)
            yield from of_durations(standard)
            for group in Group:
                if group != Group.STANDARD:
                    yield from of_group(sold(prices, category, kind, group), standard)


def sold(
    prices: Mapping[Ware, Price], category: Site.Category, kind: Space.Kind, group: Group
) -> dict[Duration, Named]:
    """Return what a group has prices of its own for, the shortest first."""
    named = (Named(category, kind, duration, group) for duration in Duration)
    return {one.duration: one for one in named if one.ware in prices}


def of_group(
    own: Mapping[Duration, Named], standard: Mapping[Duration, Named]
) -> Iterator[tuple[Named, Named, int]]:
    """Yield a group's prices beside those of everybody, and beside each other."""
    for duration, named in own.items():
        if duration in standard:
            yield named, standard[duration], 1
    paid = {one: own.get(one) or standard[one] for one in Duration if one in own or one in standard}
    for named, than, times in of_durations(paid):
        if named in own.values() or than in own.values():
            yield named, than, times


def of_durations(told: Mapping[Duration, Named]) -> Iterator[tuple[Named, Named, int]]:
    """Yield each price beside that of the next longer use, then the week beside five days."""
    for named, than in pairwise(told.values()):
        yield named, than, 1
    if Duration.WEEK in told and Duration.DAY in told:
        yield told[Duration.WEEK], told[Duration.DAY], WORKING_DAYS
