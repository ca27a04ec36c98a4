"""What a turn is about to write: lines taken off, lines of use, adjustments."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from billing.charging.lines import given_back, like, paid_by
from billing.charging.quotes import CUSTOMER, Payer
from billing.charging.standing import Standing, identity
from billing.models import Charge, Pass

ADJUSTMENT = Charge.Kind.ADJUSTMENT


class Adjustment(NamedTuple):
    """Cents that a payer owes more (or, below zero, less) on account of a line."""

    line: Charge
    payer: Payer
    cents: int


@dataclass
class Draft:
    """Lines that a turn of one booking takes off and writes, others' of its days among them.

    Where it `leaves_operator`, what it has anew is another's: to the operator that is left it is
    nothing.
    """

    reference: str
    leaves_operator: bool = False
    drops: list[Standing] = field(default_factory=list)
    fresh: list[Charge] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)

    def cancel_out(self) -> None:
        """Leave lines as they are that would be taken off and written again."""
        there = {identity(one.line): one for one in self.drops}
        same = {identity(line) for line in self.fresh} & there.keys()
        self.drops = [one for one in self.drops if identity(one.line) not in same]
        self.fresh = [line for line in self.fresh if identity(line) not in same]

    @property
    def own_drops(self) -> list[Standing]:
        """Return the lines of the booking itself that are taken off."""
        return [one for one in self.drops if one.line.subject == self.reference]

    @property
    def new(self) -> list[Standing]:
        """Return the lines of use as they will stand, before adjustments."""
        return [
            Standing(one, Counter({one.organisation_id: one.amount_cents})) for one in self.fresh
        ]

    @property
    def own_cost(self) -> tuple[int, int]:
        """Return what the booking itself costs anew: its person's cents, half-days of passes."""
        own = self.own_new
        return -net([], own, self.own_adjusted)[CUSTOMER], -sum(spent([], own).values())

    @property
    def own_new(self) -> list[Standing]:
        """Return the lines of use of the booking itself as they will stand."""
        return [one for one in self.new if one.line.subject == self.reference]

    @property
    def own_adjusted(self) -> list[Adjustment]:
        """Return the adjustments of lines of the booking itself."""
        return [one for one in self.adjustments if one.line.subject == self.reference]

    @property
    def saved_cents(self) -> Counter[Payer]:
        """Return what each payer owes less than before, in all."""
        return net(self.drops, self.new, self.adjustments)

    @property
    def own_saved(self) -> int:
        """Return what the person owes less of the booking itself."""
        return net(self.own_drops, self.own_new, self.own_adjusted)[CUSTOMER]

    @property
    def instead(self) -> list[Standing]:
        """Return what the booking has anew of the operator of what is taken off."""
        return [] if self.leaves_operator else self.own_new

    @property
    def adjusted_instead(self) -> list[Adjustment]:
        """Return what adjusts lines of that operator."""
        return [] if self.leaves_operator else self.own_adjusted

    @property
    def given_back(self) -> Counter[Payer]:
        """Return what each payer owes that operator less, of the booking itself.

        What bookings beside it cost more then is no part of it: whoever cancels these next, free
        of charge, could else have nothing kept.
        """
        return net(self.own_drops, self.instead, self.adjusted_instead)

    def given_back_on(self, day: date) -> int:
        """Return what the person owes that operator less, of a day of the booking itself."""
        drops, new = of_day(self.own_drops, day), of_day(self.instead, day)
        adjusted = [one for one in self.adjusted_instead if Standing(one.line).day == day]
        return net(drops, new, adjusted)[CUSTOMER]

    @property
    def given_up(self) -> int:
        """Return what the person owes less of it, and no pass covers instead."""
        return self.given_back[CUSTOMER] - self.covered_instead

    @property
    def owed_instead(self) -> int:
        """Return what the person owes more of it than before: nothing is kept of a funder's."""
        return max(0, -self.given_back[CUSTOMER])

    @property
    def covered_instead(self) -> int:
        """Return the full price of what more half-days than before cover."""
        if self.half_days_given_back >= 0:
            return 0
        return max(0, full_cents(self.instead) - full_cents(self.own_drops))

    @property
    def half_days_given_back(self) -> int:
        """Return the half-days that the booking itself takes less, whoever takes them instead."""
        return sum(spent(self.own_drops, self.instead).values())

    def half_days_given_back_on(self, day: date) -> int:
        """Return the same of one day."""
        return sum(spent(of_day(self.own_drops, day), of_day(self.instead, day)).values())

    @property
    def saved_half_days(self) -> Counter[Pass | None]:
        """Return what less is taken of each pass, in all."""
        return spent(self.drops, self.new)

    def corrections(self, now: datetime) -> Iterator[Charge]:
        """Yield the lines that take others off."""
        for one in self.drops:
            yield from given_back(one, now)

    def adjusted(self, now: datetime) -> Iterator[Charge]:
        """Yield the adjustments as lines; what they correct must have been written."""
        for line, payer, cents in self.adjustments:
            yield like(line, ADJUSTMENT, now, **paid_by(line, payer), amount_cents=cents)


def of_day(lines: Iterable[Standing], day: date) -> list[Standing]:
    """Return the lines of a day."""
    return [one for one in lines if one.day == day]


def full_cents(lines: Iterable[Standing]) -> int:
    """Return the full price of those lines that passes cover."""
    return sum(one.line.full_price_cents for one in lines if one.covered_by)


def net(
    drops: Iterable[Standing], new: Iterable[Standing], adjustments: Iterable[Adjustment]
) -> Counter[Payer]:
    """Return what is taken off, less what is written."""
    total: Counter[Payer] = Counter()
    for one in drops:
        total.update(one.owed)
    for one in new:
        total.subtract(one.owed)
    for _line, payer, cents in adjustments:
        total[payer] -= cents
    return total


def spent(drops: Sequence[Standing], new: Sequence[Standing]) -> Counter[Pass | None]:
    """Return the half-days that are let go of, less those that are taken."""
    total: Counter[Pass | None] = Counter()
    for one in drops:
        total[one.covered_by] += one.half_days
    for one in new:
        total[one.covered_by] -= one.half_days
    return total
