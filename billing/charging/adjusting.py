"""Adjustments: what bookings of one day save together, taken off lines that stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from billing.charging.cases import Case
from billing.charging.days import Piece, Spot, place_of
from billing.charging.draft import Adjustment, Draft
from billing.charging.quotes import CUSTOMER, Payer, Use
from billing.charging.reading import Facts
from billing.charging.sharing import Saving, saving
from billing.charging.standing import Standing
from billing.charging.subjects import Subject, spots

#: Bookings that are owed in money at a spot, and what they use there.
Party = tuple[Subject, Piece]


def adjust(case: Case, draft: Draft) -> None:
    """Have what bookings save together stand on their lines, of this one and of those beside it."""
    if not case.turn.beside:
        return
    for one in case.turn.beside:
        for spot in case.touched:
            if is_owed(case.books[one.reference], spot):
                draft.adjustments += adjusted_beside(case, draft, one, spot)
    if case.turn.after:
        draft.adjustments += adjusted_itself(case, draft, case.turn.after)


def adjusted_beside(case: Case, draft: Draft, one: Subject, spot: Spot) -> Iterator[Adjustment]:
    """Yield what changes for another booking of a day. Of a week's price, only what is new."""
    was, will = (savings(party, case.facts) for party in parties(case, draft, spot))
    after = will.get(one.reference, {})
    for days, lines in by_days(owed_at(case.books[one.reference], spot)).items():
        if len(days) == 1:
            yield from brought_to(lines, [after])
        else:
            yield from spread(lines, more_or_less(was.get(one.reference, {}), after))


def adjusted_itself(case: Case, draft: Draft, use: Use) -> Iterator[Adjustment]:
    """Yield what the lines of the booking itself save beside others."""
    own = [one for one in own_after(case, draft) if one.covered_by is None]
    for days, lines in by_days(own).items():
        at = [Spot(place_of(use), day) for day in days]
        will = [savings(parties(case, draft, spot)[1], case.facts) for spot in at]
        yield from brought_to(lines, [found.get(case.turn.reference, {}) for found in will])


def parties(case: Case, draft: Draft, spot: Spot) -> tuple[list[Party], list[Party]]:
    """Return what is owed in money at a spot, before and after."""
    before = itself(case, case.turn.before, spot) if is_owed(case.own, spot) else []
    after = itself(case, case.turn.after, spot) if is_owed(own_after(case, draft), spot) else []
    beside = owed_beside(case, spot)
    return [*beside, *before], [*beside, *after]


def owed_beside(case: Case, spot: Spot) -> list[Party]:
    """Return the other bookings that are owed in money at a spot."""
    return [
        (one, piece)
        for one in case.turn.beside
        if (piece := spots(one.use).get(spot)) and is_owed(case.books[one.reference], spot)
    ]


def itself(case: Case, use: Use | None, spot: Spot) -> list[Party]:
    """Return the booking itself at a spot, if it is there."""
    piece = spots(use).get(spot)
    if use is None or piece is None:
        return []
    turn = case.turn
    return [(Subject(reference=turn.reference, booked_at=turn.booked_at, use=use), piece)]


def would_save(case: Case, spot: Spot) -> Saving:
    """Return what the booking would save at a spot if it were owed in money."""
    party = [*owed_beside(case, spot), *itself(case, case.turn.after, spot)]
    return savings(party, case.facts).get(case.turn.reference, {})


def own_after(case: Case, draft: Draft) -> list[Standing]:
    """Return the lines that the booking itself will have."""
    dropped = {one.line.pk for one in draft.drops}
    new = [one for one in draft.new if one.line.subject == case.turn.reference]
    return [*(one for one in case.own if one.line.pk not in dropped), *new]


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
        one.covered_by is None and one.place == spot.place and one.covers(spot.day) for one in lines
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
    """Yield what takes so much off lines, none of which goes below zero, or puts it back.

    Only a funder may owe more than at first, on account of a line of the person.
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
