"""What is kept of a booking that is cancelled or shortened late: a share of what that saves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from billing.charging.cases import Case
from billing.charging.draft import Draft
from billing.charging.lines import like, paid_by
from billing.charging.quotes import CUSTOMER, HUNDRED, Payer
from billing.charging.standing import LATE, Standing
from billing.models import Charge, Pass
from billing.prices.vat import divided


def kept_lines(case: Case, draft: Draft) -> Iterator[Charge]:
    """Yield what is kept of what a draft gives back of its booking late."""
    turn, now = case.turn, case.now
    if turn.is_free or not turn.shrinks:
        return
    late = [one for one in draft.own_drops if one.is_late(now) and one.day not in turn.closed]
    yield from kept_cents(draft, [one for one in late if not one.covered_by], now)
    covered = [one for one in late if one.covered_by]
    due = due_hundredths(draft, covered)
    yield from kept_half_days(draft, covered, due, more_kept(due, case.facts.late), now)


def kept_cents(draft: Draft, late: Sequence[Standing], now: datetime) -> Iterator[Charge]:
    """Yield the share of what its person saves of money, at most of what they save in all.

    What was late is told by days: what a day costs then is not saved of it. A funder pays for
    what is used: of what it saves nothing is kept, or who cancels would spend it without a bound.
    """
    for payer, total in draft.saved_cents.items():
        if payer != CUSTOMER:
            continue
        drops = dropped_cents(draft, late, payer)
        base = min(max(total, 0), sum(drops.values()))
        if not base:
            continue
        shares = sum(cents * percent_of(late, day) for day, cents in drops.items())
        kept = divided(shares * base, sum(drops.values()) * HUNDRED)
        line = next(one.line for one in late if drops.get(one.day))
        if kept:
            fields = {"unit_price_cents": kept, "quantity": HUNDRED, "amount_cents": kept}
            yield like(line, LATE, now, **paid_by(line, payer), **fields)


def dropped_cents(draft: Draft, late: Sequence[Standing], payer: Payer) -> Mapping[date, int]:
    """Return what a payer saves of each day that is given up late."""
    return {
        day: saved
        for day in dict.fromkeys(one.day for one in late)
        if (saved := draft.saved_on(day)[payer]) > 0
    }


def percent_of(late: Iterable[Standing], day: date) -> int:
    """Return the share that is kept of a day."""
    return max(one.line.late_percent for one in late if one.day == day)


def kept_half_days(
    draft: Draft, late: Sequence[Standing], due: int, left: int, now: datetime
) -> Iterator[Charge]:
    """Yield so many half-days of those that are saved, of what ends first.

    The first line notes what is due, in hundredths: it may be of no half-day.
    """
    saved = draft.saved_half_days
    for one in sorted(late, key=lambda one: valid_until(one.covered_by)):
        count = max(0, min(left, one.half_days, saved[one.covered_by]))
        if count or due:
            fields = {"quantity": count * HUNDRED, "late_hundredths": due}
            yield like(one.line, LATE, now, spent_pass=one.covered_by, **fields)
        left, due = left - count, 0
        saved[one.covered_by] -= count


def due_hundredths(draft: Draft, late: Sequence[Standing]) -> int:
    """Return what is due of the half-days that are saved late, in hundredths of one."""
    took = sum(one.half_days for one in late)
    base = min(sum(draft.saved_half_days.values()), late_half_days(draft, late), took)
    return divided(shares_of(late) * base, took) if base > 0 else 0


def shares_of(lines: Iterable[Standing]) -> int:
    """Return what is due of all half-days of some lines, in hundredths of one."""
    return sum(one.half_days * one.line.late_percent for one in lines)


def more_kept(due: int, kept: Iterable[Charge]) -> int:
    """Return the half-days to keep when so many hundredths are due, beside what was kept before.

    All that was due of the booking is rounded together, halves up: steps come to what one would.
    """
    before = [one for one in kept if one.spent_pass_id]
    total = due + sum(one.late_hundredths for one in before)
    return max(0, divided(total, HUNDRED) - sum(one.quantity // HUNDRED for one in before))


def kept_if_late(lines: Iterable[Standing], kept: Iterable[Charge]) -> int:
    """Return the half-days that would be kept of lines, were they given up late now."""
    return more_kept(shares_of(lines), kept)


def late_half_days(draft: Draft, late: Sequence[Standing]) -> int:
    """Return the half-days of the days that are given up late, less what these take then."""
    days = {one.day for one in late}
    return max(sum(draft.half_days_saved_on(day) for day in days), 0)


def valid_until(row: Pass | None) -> tuple[datetime, int]:
    """Return what tells which pass ends first."""
    assert row is not None
    return row.valid_until, row.pk
