"""What turns of bookings did to what their person pays, told from the lines that they wrote.

All lines of one turn are made at one instant. What another booking's turn makes of a booking that
is owed in money are adjustments alone; what its own turn makes never is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from billing.charging.moving import half_days_of
from billing.charging.standing import GIVEN_BACK, LATE, by_subject
from billing.models import Charge, Pass
from billing.models.charges import ChargeQuerySet

ADJUSTMENT = Charge.Kind.ADJUSTMENT
#: What no booking owes.
SOLD = (Charge.Kind.PASS, Charge.Kind.SUBSCRIPTION)


class Cost(NamedTuple):
    """Cents and half-days of passes."""

    cents: int = 0
    half_days: int = 0


@dataclass(frozen=True)
class Back:
    """What is no longer owed of a booking, less what is kept, and what is back on which passes."""

    cents: int = 0
    half_days: tuple[tuple[Pass, int], ...] = ()


@dataclass(frozen=True)
class Repriced:
    """A booking that costs something else since another one changed."""

    reference: str
    before: Cost
    now: Cost


def cost_of(lines: Iterable[Charge]) -> Cost:
    """Return what some lines of a person come to."""
    cents = half_days = 0
    for one in lines:
        cents += one.amount_cents
        half_days += half_days_taken(one)
    return Cost(cents, half_days)


def half_days_taken(line: Charge) -> int:
    """Return the half-days that a line takes of a pass; below zero, that it gives back."""
    return half_days_of(line) if line.spent_pass_id else 0


def came_back(mine: Sequence[Charge]) -> Back:
    """Return what the last turn gave back of a booking of which nothing stands any more."""
    last = max(one.made_at for one in mine)
    turn = [one for one in mine if one.made_at == last and one.kind in (GIVEN_BACK, LATE)]
    half_days: Counter[Pass] = Counter()
    for one in turn:
        if one.spent_pass:
            half_days[one.spent_pass] -= half_days_taken(one)
    back = tuple((row, count) for row, count in half_days.items() if count > 0)
    return Back(-cost_of(turn).cents, back)


def cents_before_others(mine: Sequence[Charge]) -> int | None:
    """Return what a booking cost until others changed its price; None where none has since."""
    own = max(one.made_at for one in mine if one.kind != ADJUSTMENT)
    since = sum(one.amount_cents for one in mine if one.made_at > own)
    return sum(one.amount_cents for one in mine) - since if since else None


def repriced_by(mine: ChargeQuerySet, reference: str, at: datetime) -> list[Repriced]:
    """Return which other bookings cost something else since a turn of one at that instant.

    `mine` are the lines of its person and payer. Two queries, one where there are none.
    """
    lines = mine.exclude(subject=reference).exclude(kind__in=SOLD)
    written = by_subject(lines.filter(made_at=at))
    if not written:
        return []
    every = by_subject(lines.filter(subject__in=written, made_at__lte=at))
    return list(differing(written, every))


def differing(
    written: dict[str, list[Charge]], every: dict[str, list[Charge]]
) -> Iterator[Repriced]:
    """Yield the bookings that cost something else by what was written of them."""
    for reference, lines in written.items():
        more, now = cost_of(lines), cost_of(every[reference])
        if any(more):
            before = Cost(now.cents - more.cents, now.half_days - more.half_days)
            yield Repriced(reference, before, now)
