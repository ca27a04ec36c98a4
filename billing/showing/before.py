"""What a booking would cost, told before it is confirmed: with passes, in money."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from billing.charging.cases import Case
from billing.charging.quotes import CUSTOMER
from billing.charging.settling import drafted
from billing.charging.standing import Standing
from billing.charging.subjects import spots
from billing.models import Charge
from billing.prices.durations import Duration
from billing.showing.aids import aids_of, helping
from billing.showing.telling import Price, PricedLine, of_person, told


def price_before(case: Case) -> Price | None:
    """Return what a booking would cost, by the rule that charges it; None without any price."""
    draft = drafted(case)
    new = draft.own_new
    if not new or case.turn.after is None:
        return None
    saved = sum(-one.cents for one in draft.own_adjusted if one.payer == CUSTOMER)
    price = told(new, case.turn.after.site, case.now, case.facts.purse.left, case.facts.written)
    aids = helping(aids_of(new), new)
    unused = too_few(case, new)
    lines = tuple(told_peak(case, new, price.lines))
    price = replace(price, saved_cents=saved, aids=aids, unused=unused, lines=lines)
    return replace(price, cents=price.cents - saved)


def told_peak(
    case: Case, new: Iterable[Standing], lines: Iterable[PricedLine]
) -> Iterator[PricedLine]:
    """Yield the lines, each with whether its price is the one off peak, where there is another."""
    for one, line in zip(of_person(new), lines, strict=True):
        yield replace(line, is_off_peak=is_off_peak(case, one.line))


def is_off_peak(case: Case, line: Charge) -> bool:
    """Tell whether a line has a price that is lower than that of full hours."""
    use, offer = case.turn.after, case.facts.offer
    if use is None or offer is None or offer.prices.tariffs is None or line.spent_pass_id:
        return False
    tariffs = offer.prices.tariffs.of_groups(use.site.pk, use.kind, offer.prices.groups)
    prices = [
        one.rates[Duration(line.duration)].price
        for one in tariffs
        if one.group == line.group and line.duration in one.rates
    ]
    return any(one.off_peak == line.unit_price_cents < one.peak for one in prices)


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
            sum(held.left for held in purse.fitting(use, piece.ends_at))
            for spot, piece in spots(use).items()
            if any(spot.day in one.days for one in owed)
        ),
        default=0,
    )
