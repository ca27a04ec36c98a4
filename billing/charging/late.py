"""What is kept of a booking that is given up late, as a whole or for something cheaper: a share."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from billing.charging.cases import Case
from billing.charging.clocks import keep_stricter
from billing.charging.draft import Draft
from billing.charging.kept import cents_more, half_days_more
from billing.charging.lines import like, paid_by
from billing.charging.quotes import CUSTOMER, HUNDRED
from billing.charging.standing import LATE, Standing
from billing.models import Charge, Pass
from billing.prices.vat import divided


def kept_lines(case: Case, draft: Draft) -> Iterator[Charge]:
    """Yield what is kept of what a draft gives back of its booking late.

    That is told by cents and half-days, not by times: what costs as much as before has only moved.
    A funder pays for what is used: of its share nothing is kept, or who cancels would spend it
    without a bound.
    """
    late = given_up_late(case, draft)
    owed = [one for one in late if not one.covered_by]
    yield from kept_cents(case, draft, owed)
    yield from kept_half_days(case, draft, [one for one in late if one.covered_by])


def given_up_late(case: Case, draft: Draft) -> list[Standing]:
    """Return what the booking has no longer and could not be cancelled for nothing."""
    turn = case.turn
    if turn.is_free:
        return []
    late = [one for one in draft.own_drops if one.is_late(case.now)]
    return [one for one in late if one.day not in turn.closed]


def kept_cents(case: Case, draft: Draft, late: Sequence[Standing]) -> Iterator[Charge]:
    """Yield the share that is kept of what the person no longer owes; it notes what is due."""
    drops = dropped_cents(draft, late)
    due = due_of_cents(drops, late, draft.given_up - saved_in_time(case, draft, late))
    kept, due = cents_more(due, of_operators(case.written, late))
    if kept or due:
        line = next(one.line for one in late if drops.get(one.day))
        fields = {"unit_price_cents": kept, "quantity": HUNDRED, "amount_cents": kept}
        noted = paid_by(line, CUSTOMER) | fields
        yield like(line, LATE, case.now, **noted, late_hundredths=due)


def dropped_cents(draft: Draft, late: Sequence[Standing]) -> Mapping[date, int]:
    """Return what the person saves of each day that is given up late.

    What was late is told by days: what a day costs then is not saved of it.
    """
    days = dict.fromkeys(one.day for one in late)
    return {day: saved for day in days if (saved := draft.given_back_on(day)) > 0}


def saved_in_time(case: Case, draft: Draft, late: Sequence[Standing]) -> int:
    """Return what the person saves of days that are given up in time, or on which the site closed.

    What is taken instead of both stands first for what was late: that has moved.
    """
    days = {spot.day for spot in case.touched} | {one.day for one in draft.own_drops}
    days -= {one.day for one in late}
    return sum(max(0, draft.given_back_on(day)) for day in days)


def due_of_cents(drops: Mapping[date, int], late: Sequence[Standing], given_up: int) -> int:
    """Return what is due of what is given up, at most of what is late: in hundredths of a cent."""
    total = sum(drops.values())
    base = min(given_up, total)
    shares = sum(cents * percent_of(late, day) for day, cents in drops.items())
    return divided(shares * base, total) if base > 0 else 0


def percent_of(late: Iterable[Standing], day: date) -> int:
    """Return the share that is kept of a day."""
    return max(one.line.late_percent for one in late if one.day == day)


def kept_half_days(case: Case, draft: Draft, late: Sequence[Standing]) -> Iterator[Charge]:
    """Yield the half-days that are kept of those that are given up, of what ends first.

    The first line notes what is due, in hundredths: it may be of no half-day. What passes no
    longer hold, for bookings beside it take it over, these hold on the clock of what is given up.
    """
    due = due_of_half_days(draft, late)
    left, due = half_days_more(due, of_operators(case.written, late))
    for one, count in of_passes(left, late, half_days_there(case, draft)):
        if count or due:
            fields = {"quantity": count * HUNDRED, "late_hundredths": due}
            yield like(one.line, LATE, case.now, spent_pass=one.covered_by, **fields)
        left, due = left - count, 0
    if left:
        hand_to_others(draft, late)


def of_passes(
    left: int, late: Iterable[Standing], there: Counter[Pass | None]
) -> Iterator[tuple[Standing, int]]:
    """Yield how many of so many half-days each line gives, of what ends first, while there are."""
    for one in sorted(late, key=lambda one: valid_until(one.covered_by)):
        count = max(0, min(left, one.half_days, there[one.covered_by]))
        yield one, count
        left -= count
        there[one.covered_by] -= count


def half_days_there(case: Case, draft: Draft) -> Counter[Pass | None]:
    """Return the half-days that passes hold once all that the draft takes is taken."""
    there: Counter[Pass | None] = Counter(case.facts.held)
    there.update(draft.saved_half_days)
    return there


def hand_to_others(draft: Draft, late: Sequence[Standing]) -> None:
    """Have bookings beside it that take over half-days of its days keep the clock of these."""
    for line in draft.fresh:
        mine = [one.line for one in late if one.day == Standing(line).day]
        if line.subject != draft.reference and mine:
            keep_stricter(line, mine)


def withhold(case: Case, draft: Draft) -> None:
    """Have what another operator's site takes of passes leave what the one that is left keeps."""
    late = [one for one in given_up_late(case, draft) if one.covered_by]
    count, _due = half_days_more(shares_of(late), of_operators(case.written, late))
    purse = case.facts.purse
    for one, kept in of_passes(count, late, Counter(purse.left)):
        if one.covered_by:
            purse.left[one.covered_by] -= kept


def due_of_half_days(draft: Draft, late: Sequence[Standing]) -> int:
    """Return what is due of the half-days that are given up late, in hundredths of one."""
    took = sum(one.half_days for one in late)
    given = min(draft.half_days_given_back, late_half_days(draft, late), took)
    base = given - half_days_instead(draft, late, took)
    return divided(shares_of(late) * base, took) if base > 0 else 0


def half_days_instead(draft: Draft, late: Sequence[Standing], took: int) -> int:
    """Return for how many half-days as much is owed instead as they would have cost: whole ones."""
    full = sum(one.line.full_price_cents for one in late)
    return took * draft.owed_instead // full if full else 0


def shares_of(lines: Iterable[Standing]) -> int:
    """Return what is due of all half-days of some lines, in hundredths of one."""
    return sum(one.half_days * one.line.late_percent for one in lines)


def kept_cents_if_late(lines: Sequence[Standing], written: Sequence[Charge]) -> int:
    """Return the cents of the person that would be kept of lines at most, were all of them late."""
    days: Counter[date] = Counter()
    for one in lines:
        days[one.day] += one.owed[CUSTOMER]
    due = sum(cents * percent_of(lines, day) for day, cents in days.items())
    kept, _due = cents_more(due, of_operators(written, lines))
    return kept


def kept_if_late(lines: Sequence[Standing], written: Sequence[Charge]) -> int:
    """Return the half-days that would be kept of lines, were they given up late now.

    `written` are all lines of their booking.
    """
    count, _due = half_days_more(shares_of(lines), of_operators(written, lines))
    return count


def of_operators(written: Iterable[Charge], lines: Iterable[Standing]) -> list[Charge]:
    """Return what was written at the operators of some lines: each keeps its share by itself."""
    operators = {one.line.operator_id for one in lines}
    return [one for one in written if one.operator_id in operators]


def late_half_days(draft: Draft, late: Sequence[Standing]) -> int:
    """Return the half-days of the days that are given up late, less what these take then."""
    days = {one.day for one in late}
    return max(sum(draft.half_days_given_back_on(day) for day in days), 0)


def valid_until(row: Pass | None) -> tuple[datetime, int]:
    """Return what tells which pass ends first."""
    assert row is not None
    return row.valid_until, row.pk
