"""What is kept of a booking more, beside what was kept of it before: steps come to what one would.

What is due of all its steps is rounded together, halves up. Taken again and given up again,
something is not kept of twice: in all at most the share of the most that the booking had.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from billing.charging.moving import half_days_of
from billing.charging.quotes import CUSTOMER, HUNDRED
from billing.charging.standing import LATE
from billing.models import Charge
from billing.prices.vat import divided

#: What a line takes: cents, or half-days of passes.
Amount = Callable[[Charge], int]


def cents_more(due: int, written: Sequence[Charge]) -> tuple[int, int]:
    """Return the cents of the person to keep when so much is due, and that: in hundredths of one.

    `written` are all lines of the booking, in their order.
    """
    money = [one for one in written if one.organisation_id == CUSTOMER and not one.spent_pass_id]
    return more(due, money, lambda line: line.amount_cents)


def half_days_more(due: int, written: Sequence[Charge]) -> tuple[int, int]:
    """Return the same of half-days of passes."""
    return more(due, [one for one in written if one.spent_pass_id], half_days_of)


def more(due: int, lines: Sequence[Charge], amount: Amount) -> tuple[int, int]:
    """Return what is to be kept more, and what is due of that before it is rounded."""
    kept = [one for one in lines if one.kind == LATE]
    before = sum(one.late_hundredths for one in kept)
    if kept:
        due = max(0, min(due, most_due(lines, amount) - before))
    return divided(before + due, HUNDRED) - sum(amount(one) for one in kept), due


def most_due(lines: Sequence[Charge], amount: Amount) -> int:
    """Return the strictest share of the most that was had, in hundredths."""
    return most_had(lines, amount) * max(one.late_percent for one in lines)


def most_had(lines: Sequence[Charge], amount: Amount) -> int:
    """Return the most that a booking had, beginning with when something of it was kept first."""
    had = 0
    before: list[int] = []
    for _made_at, turn in groupby(lines, lambda line: line.made_at):
        rows = list(turn)
        if before or any(one.kind == LATE for one in rows):
            before.append(had)
        had += sum(amount(one) for one in rows if one.kind != LATE)
    return max([*before, had])
