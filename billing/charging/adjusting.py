"""Adjustments: what bookings of one week save together, taken off lines that stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from billing.charging.cases import Case
from billing.charging.days import Piece, Spot, Week, only, week_of
from billing.charging.draft import Adjustment, Draft
from billing.charging.quotes import CUSTOMER, Payer, Use
from billing.charging.sharing import Saving, saving
from billing.charging.standing import Standing
from billing.charging.subjects import Subject, spots
from billing.charging.weeks import Share, savings, share_of, weeks_of


def adjust(case: Case, draft: Draft) -> None:
    """Have what bookings save together stand on their lines, of this one and of those beside it."""
    turn = case.turn
    if not turn.beside:
        return
    for week in weeks_of(turn.before, turn.after):
        own = itself(case, turn.after, own_after(case, draft), week)
        every = [*beside(case, week), *own]
        for share, saved in savings(every, case.facts, week):
            draft.adjustments += brought_to(share.lines, saved)


def beside(case: Case, week: Week) -> Iterator[Share]:
    """Yield what the other bookings have of a week."""
    for one in case.turn.beside:
        yield share_of(one, case.books[one.reference], week)


def itself(case: Case, use: Use | None, lines: Iterable[Standing], week: Week) -> Iterator[Share]:
    """Yield what the booking itself has of a week by a use and lines, if it is still there."""
    turn = case.turn
    if use:
        one = Subject(
            reference=turn.reference,
            booked_at=turn.booked_at,
            use=use,
            advance_days=turn.advance_days,
        )
        yield share_of(one, lines, week)


def would_save(case: Case, spot: Spot, piece: Piece) -> Saving:
    """Return what a day of the booking would save beside all of its week, were it owed in money."""
    assert case.turn.after
    assert case.facts.offer
    there = spots(case.turn.after).items()
    stays = only(case.turn.after, [one for other, one in there if other not in case.touched])
    some = [*beside(case, week_of(spot)), *itself(case, stays, case.own, week_of(spot))]
    before, paid = [one.own for one in some if one.own], [one.paid for one in some if one.paid]
    return saving(case.facts.offer.prices, case.turn.after, piece, before, paid)


def own_after(case: Case, draft: Draft) -> list[Standing]:
    """Return the lines that the booking itself will have."""
    dropped = {one.line.pk for one in draft.drops}
    return [*(one for one in case.own if one.line.pk not in dropped), *draft.own_new]


def more_or_less(before: Saving, after: Saving) -> Counter[Payer]:
    """Return what is saved after, less what was saved before."""
    found = Counter(after)
    found.subtract(before)
    return found


def brought_to(lines: Sequence[Standing], wanted: Saving) -> Iterator[Adjustment]:
    """Yield what brings lines of a week to what is saved on them."""
    yield from spread(lines, more_or_less(saved(lines), wanted))


def saved(lines: Iterable[Standing]) -> Counter[Payer]:
    """Return what adjustments have taken off lines."""
    found: Counter[Payer] = Counter()
    for one in lines:
        found[one.line.organisation_id] += one.line.amount_cents
        found.subtract(one.owed)
    return found


def spread(lines: Sequence[Standing], less: Mapping[Payer, int]) -> Iterator[Adjustment]:
    """Yield what takes so much off lines, none of which goes below zero, or puts it back.

    Only a funder may owe more than at first, on account of a line of the person, or get back more
    than it owes of these lines: what it owes of the week is right all the same.
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
        if rest and payer != CUSTOMER:
            yield Adjustment(lines[0].line, payer, -rest)


def owing(one: Standing, payer: Payer) -> int:
    """Return what a payer owed of a line at first."""
    return one.line.amount_cents if one.line.organisation_id == payer else 0
