"""What a booking would cost, told before it is confirmed: with passes, in money."""

from collections.abc import Sequence
from dataclasses import replace

from billing.charging.cases import Case
from billing.charging.quotes import CUSTOMER
from billing.charging.settling import drafted
from billing.charging.standing import Standing
from billing.charging.subjects import spots
from billing.showing.aids import aids_of, helping
from billing.showing.telling import Price, told


def price_before(case: Case) -> Price | None:
    """Return what a booking would cost, by the rule that charges it; None without any price."""
    draft = drafted(case)
    new = draft.own_new
    if not new or case.turn.after is None:
        return None
    saved = sum(-one.cents for one in draft.own_adjusted if one.payer == CUSTOMER)
    price = told(new, case.turn.after.site, case.now, case.facts.purse.left, case.written)
    aids = helping(aids_of(new), new)
    unused = too_few(case, new)
    price = replace(price, saved_cents=saved, aids=aids, unused=unused)
    return replace(price, cents=price.cents - saved)


def price_both_ways(case: Case) -> Price | None:
    """Return the same, and what it would cost the other way, if passes can be spent on it."""
    passes = price_paid(case, spends_passes=True)
    if passes is None or not passes.is_covered:  # as for most: the rest is not reckoned twice
        return passes if case.turn.spends_passes else price_paid(case, spends_passes=False)
    money = price_paid(case, spends_passes=False)
    chosen, other = (passes, money) if case.turn.spends_passes else (money, passes)
    return replace(chosen, otherwise=other) if chosen else None


def price_paid(case: Case, *, spends_passes: bool) -> Price | None:
    """Return what a booking would cost if it spends passes, or if it does not."""
    turn = replace(case.turn, spends_passes=spends_passes)
    return price_before(Case(turn, replace(case.facts, purse=case.facts.purse.copy()), case.now))


def too_few(case: Case, new: Sequence[Standing]) -> int:
    """Return the half-days of fitting passes that do not suffice for a day that is owed."""
    use, purse = case.turn.after, case.facts.purse
    if use is None or not case.turn.spends_passes:
        return 0
    owed = [one for one in new if one.covered_by is None and one.line.amount_cents]
    return max(
        (
            sum(held.left for held in purse.fitting(use, piece.span))
            for spot, piece in spots(use).items()
            if any(spot.day in one.days for one in owed)
        ),
        default=0,
    )
