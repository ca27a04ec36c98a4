"""Adjustments: what bookings of one day save together, taken off lines that stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from billing.charging.days import Piece
from billing.charging.quotes import CUSTOMER, Payer
from billing.charging.reading import Facts
from billing.charging.sharing import Saving, saving
from billing.charging.standing import Standing
from billing.charging.subjects import Spot, Subject
from billing.models import Charge

#: Bookings that are owed in money at a spot, and what they use there.
Party = tuple[Subject, Piece]


class Adjustment(NamedTuple):
    """Cents that a payer owes more (or, below zero, less) on account of a line."""

    line: Charge
    payer: Payer
    cents: int


def savings(party: Iterable[Party], facts: Facts) -> dict[str, Saving]:
    """Return what each booking saves beside those that were booked before it."""
    found: dict[str, Saving] = {}
    before: list[Piece] = []
    for one, piece in sorted(party, key=lambda pair: pair[0].order):
        if before:
            found[one.reference] = saving(facts.prices_of(one), one.use, piece, before)
        before.append(piece)
    return found


def is_owed(lines: Iterable[Standing], spot: Spot) -> bool:
    """Tell whether lines say that a booking is owed in money at a spot."""
    return any(
        one.covered_by is None and one.place == spot.place and one.covers(spot.day)
        for one in lines
    )


def owed_at(lines: Iterable[Standing], spot: Spot) -> list[Standing]:
    """Return the lines that are owed for a spot."""
    return [one for one in lines if is_owed([one], spot)]


def more_or_less(before: Saving, after: Saving) -> Counter[Payer]:
    """Return what is saved after, less what was saved before."""
    found = Counter(after)
    found.subtract(before)
    return found


def by_days(lines: Iterable[Standing]) -> dict[tuple[date, ...], list[Standing]]:
    """Return lines by the days that they cover, each set of days by itself."""
    groups: dict[tuple[date, ...], list[Standing]] = defaultdict(list)
    for one in lines:
        groups[tuple(one.days)].append(one)
    return dict(groups)


def brought_to(lines: Sequence[Standing], wanted: Iterable[Saving]) -> Iterator[Adjustment]:
    """Yield what brings lines of some days to what is saved on all of these."""
    total: Counter[Payer] = Counter()
    for one in wanted:
        total.update(one)
    yield from spread(lines, more_or_less(saved(lines), total))


def saved(lines: Iterable[Standing]) -> Counter[Payer]:
    """Return what adjustments have taken off lines."""
    found: Counter[Payer] = Counter()
    for one in lines:
        found[one.line.organisation_id] += one.line.amount_cents
        found.subtract(one.owed)
    return found


def spread(lines: Sequence[Standing], less: Mapping[Payer, int]) -> Iterator[Adjustment]:
    """Yield what takes so much off lines, or puts it back: no line goes below zero or above its own.

    Only a funder may owe more, on account of a line of the person.
    """
    for payer, cents in less.items():
        rest = cents
        for one in lines:
            most = one.owed[payer] if cents > 0 else owing(one, payer) - one.owed[payer]
            step = min(abs(rest), max(0, most))
            step = step if cents > 0 else -step
            if step:
                yield Adjustment(one.line, payer, -step)
            rest -= step
        if rest < 0 and payer != CUSTOMER:
            yield Adjustment(lines[0].line, payer, -rest)


def owing(one: Standing, payer: Payer) -> int:
    """Return what a payer owed of a line at first."""
    return one.line.amount_cents if one.line.organisation_id == payer else 0
