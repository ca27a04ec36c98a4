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
    """Lines that a turn of one booking takes off and writes, others' of its days among them."""

    reference: str
    drops: list[Standing] = field(default_factory=list)
    fresh: list[Charge] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)

    def cancel_out(self) -> None:
        """Leave lines as they are that would be taken off and written again."""
        there = {identity(one.line): one for one in self.drops}
        same = {identity(line) for line in self.fresh} & there.keys()
        self.drops = [one for one in self.drops if identity(one.line) not in same]
        self.fresh = [line for line in self.fresh if identity(line) not in same]

    def keep_stricter_clock(self) -> None:
        """Have what a booking moves to be cancelled on no better terms than what it moves from."""
        clocks = [one.line.free_until for one in self.own_drops if one.line.free_until]
        percents = [one.line.late_percent for one in self.own_drops]
        for line in self.fresh:
            if line.subject == self.reference and line.free_until and clocks:
                line.free_until = min(line.free_until, *clocks)
                line.late_percent = max(line.late_percent, *percents)

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
        own = [one for one in self.new if one.line.subject == self.reference]
        adjusted = [one for one in self.adjustments if one.line.subject == self.reference]
        return -net([], own, adjusted)[CUSTOMER], -sum(spent([], own).values())

    @property
    def saved_cents(self) -> Counter[Payer]:
        """Return what each payer owes less than before, in all."""
        return net(self.drops, self.new, self.adjustments)

    def saved_on(self, day: date) -> Counter[Payer]:
        """Return what each payer owes less of a day of the booking itself."""
        drops = [one for one in self.own_drops if one.day == day]
        new = [one for one in self.new if is_of(one, self.reference, day)]
        lines = {id(one.line) for one in new}
        return net(drops, new, [one for one in self.adjustments if id(one.line) in lines])

    @property
    def saved_half_days(self) -> Counter[Pass | None]:
        """Return what less is taken of each pass, in all."""
        return spent(self.drops, self.new)

    def half_days_saved_on(self, day: date) -> int:
        """Return the half-days that a day takes less, of the booking and of those beside it."""
        drops, new = ([one for one in some if one.day == day] for some in (self.drops, self.new))
        return sum(spent(drops, new).values())

    def corrections(self, now: datetime) -> Iterator[Charge]:
        """Yield the lines that take others off."""
        for one in self.drops:
            yield from given_back(one, now)

    def adjusted(self, now: datetime) -> Iterator[Charge]:
        """Yield the adjustments as lines; what they correct must have been written."""
        for line, payer, cents in self.adjustments:
            yield like(line, ADJUSTMENT, now, **paid_by(line, payer), amount_cents=cents)


def is_of(one: Standing, reference: str, day: date) -> bool:
    """Tell whether a line is of a booking's day."""
    return one.line.subject == reference and one.day == day


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
