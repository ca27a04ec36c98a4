"""The cheapest mix of passes and of what is paid by use, of so many half-days. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from billing.models import PassOffer
from billing.simulating.habits import Visit


class Rest(NamedTuple):
    """What is left to pay, in cents, of what passes do not cover that hold so many half-days."""

    cents: int
    covered: tuple[Visit, ...] = ()
    paid: tuple[Visit, ...] = ()


#: By the half-days that passes hold, from none to as many as a use can take.
Rests = Sequence[Rest]


@dataclass(frozen=True)
class Mix:
    """Passes, how many of each, the half-days left over in them, and the rest that is paid."""

    counts: tuple[tuple[PassOffer, int], ...]
    left: int
    rest: Rest

    @property
    def passes_cents(self) -> int:
        """Return what the passes cost."""
        return sum(count * offer.price_cents for offer, count in self.counts)

    @property
    def total_cents(self) -> int:
        """Return what the passes and the rest cost."""
        return self.passes_cents + self.rest.cents

    @property
    def is_chosen(self) -> bool:
        """Tell whether passes must not be spent first come, as they are: visits are not alike."""
        _cents, covered, paid = self.rest
        alike = {(one.site.pk, one.sort) for one in (*covered, *paid)}
        return bool(covered and paid) and len(alike) > 1


def rests_of_week(
    visits: Sequence[Visit],
    half_days: Callable[[Visit], int],
    cost: Callable[[Sequence[Visit]], int],
) -> Rests:
    """Return what is left to pay of one week, which `cost` tells of any of its visits.

    A visit is covered whole or not at all; `half_days` tells what that takes.
    """
    most = sum(map(half_days, visits))
    best = [Rest(cost(visits), (), tuple(visits))] * (most + 1)
    for size in range(1, len(visits) + 1):
        for covered in combinations(visits, size):
            paid = tuple(one for one in visits if one not in covered)
            rest = Rest(cost(paid), covered, paid)
            for held in range(sum(map(half_days, covered)), most + 1):
                best[held] = min(best[held], rest, key=lambda one: one.cents)
    return best


def added(one: Rests, other: Rests) -> Rests:
    """Return what is left to pay of two uses, each half-day spent where it saves most."""
    most = len(one) + len(other) - 2
    return [min(splits(one, other, held), key=lambda rest: rest.cents) for held in range(most + 1)]


def splits(one: Rests, other: Rests, held: int) -> Iterator[Rest]:
    """Yield what is left of two uses, for each way to share so many half-days."""
    for mine in range(max(0, held - len(other) + 1), min(held, len(one) - 1) + 1):
        this, that = one[mine], other[held - mine]
        yield Rest(this.cents + that.cents, this.covered + that.covered, this.paid + that.paid)


def cheapest_mix(offers: Sequence[PassOffer], rests: Rests) -> Mix | None:
    """Return the cheapest mix with a pass at least; None when none is sold.

    >>> cheapest_mix((), [Rest(100), Rest(0)]) is None
    True
    """
    if not offers:
        return None
    bought = cheapest_passes(offers, len(rests) - 1)
    ways = [mix_of(some, held, rests[held]) for held, some in enumerate(bought) if some]
    return min(ways, key=lambda mix: mix.total_cents, default=None)


def mix_of(some: Sequence[PassOffer], held: int, rest: Rest) -> Mix:
    """Return some passes of which so many half-days are used."""
    counts = tuple((offer, some.count(offer)) for offer in dict.fromkeys(some))
    return Mix(counts, sum(one.half_days for one in some) - held, rest)


def cheapest_passes(offers: Sequence[PassOffer], most: int) -> list[tuple[PassOffer, ...]]:
    """Return the cheapest passes that hold at least 0, 1, … to `most` half-days."""
    best: list[tuple[int, tuple[PassOffer, ...]]] = [(0, ())]
    for wanted in range(1, most + 1):
        ways = (
            (cost + offer.price_cents, (*taken, offer))
            for offer in offers
            for cost, taken in [best[max(0, wanted - offer.half_days)]]
        )
        best.append(min(ways, key=lambda way: (way[0], len(way[1]))))
    return [taken for _cost, taken in best]
