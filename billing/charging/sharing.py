"""What a use of a week saves together with others of the same person, place and week. Pure.

Of several, each saves beside those that came to the week before it: so all together cost what one
use of all their times would, whichever of them is changed or cancelled.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from billing.charging.days import Piece, layers
from billing.charging.quotes import CUSTOMER, Payer, PriceList, Use

#: What a use saves of a week, by who would have paid it. A funder may save less than nothing.
Saving = Mapping[Payer, int]


def cost(
    prices: PriceList, place: Use, some: Sequence[Piece], paid: Sequence[Piece] = ()
) -> Counter[Payer]:
    """Return what uses of one week cost together, but for what is `paid`. Raises NoTariff."""
    total: Counter[Payer] = Counter()
    for times in layers(some, paid):
        if times:
            quote = prices.quote(replace(place, intervals=tuple(times), units=1))
            total.update(quote.by_payer)
    return total


def saving(
    prices: PriceList,
    place: Use,
    own: Piece,
    before: Sequence[Piece],
    paid: Sequence[Piece] = (),
) -> Saving:
    """Return what `own` saves beside what came `before` it, and `paid`. Raises NoTariff.

    Never more than it costs; told apart when that is cheaper.
    """
    if not before and not paid:
        return {}
    alone = cost(prices, place, [own])
    saved = Counter(alone)
    saved.update(cost(prices, place, before, paid))
    saved.subtract(cost(prices, place, [*before, own], paid))
    return saved if 0 <= saved[CUSTOMER] <= alone[CUSTOMER] else {}
