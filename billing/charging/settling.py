"""One turn of a booking is settled: what it owes from now on, what covers it, what it gives back.

The only place that decides it, whatever was done: booked, changed, given back, cancelled. Whoever
asks has the person's lock, and one transaction with what becomes of the booking.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from billing.charging.adjusting import adjust, would_save
from billing.charging.cases import Case
from billing.charging.clocks import hand_on_clocks
from billing.charging.covering import Cover, Neighbour, cover_beside, left_alone, neighbours
from billing.charging.days import Piece, Spot, only
from billing.charging.draft import Draft
from billing.charging.freeing import free_what_others_made_worse
from billing.charging.late import kept_lines, withhold
from billing.charging.lines import covered_lines, moved_cover, owed_lines
from billing.charging.moving import entries
from billing.charging.quotes import CUSTOMER, Use
from billing.charging.reading import AskedFacts, Offer
from billing.charging.repricing import Pieces, beyond, keeping
from billing.charging.subjects import Turn, spots
from billing.ledger.posting import Entry, post, rows_of
from billing.models import Charge
from network.insertions import insert
from network.sql import together

Covers = Mapping[Spot, Cover]


@dataclass(frozen=True)
class Settlement:
    """What a turn writes: `rows` to be written with others, then what follows them.

    `guarded` is taken of passes that are not locked yet: those that only bookings beside have.
    """

    rows: Sequence[Model]
    draft: Draft
    guarded: Sequence[Entry]
    now: datetime

    def finish(self) -> None:
        """Write what follows the rows: what lines save together, what is taken of passes."""
        if self.draft.adjustments:
            insert(*self.draft.adjusted(self.now))
        if self.guarded:
            post(entries=self.guarded, now=self.now)


def nothing(reference: str, now: datetime) -> Settlement:
    """Return what a turn writes that costs nothing and takes nothing."""
    return Settlement((), Draft(reference), (), now)


@transaction.atomic
def settle(*, turn: Turn, now: datetime) -> None:
    """Write what a turn of a booking costs, gives back and takes of passes."""
    asked = AskedFacts(turn, now, is_written=True)
    together(*asked.statements)
    settled = settlement(Case(turn, asked.facts(turn.beside), now))
    insert(*settled.rows)
    settled.finish()


def settlement(case: Case) -> Settlement:
    """Return what a turn is to write. What passes lose comes last: what they get back is theirs."""
    draft, turn, now = drafted(case), case.turn, case.now
    lines = settlement_lines(case, draft)
    cause = f"{turn.reference}:{turn.revision}"
    moves = entries([*lines, *draft.adjusted(now)], cause, case.facts.accounts)
    locked = case.facts.locked
    ready = [one for one in moves if one.source.floor is None or one.source.pk in locked]
    guarded = [one for one in moves if one not in ready]
    return Settlement([*lines, *rows_of(ready, now, locked)], draft, guarded, now)


def settlement_lines(case: Case, draft: Draft) -> list[Charge]:
    """Return the lines of a turn, but for what bookings save together."""
    late = kept_lines(case, draft)
    return [*draft.corrections(case.now), *draft.fresh, *late]


def drafted(case: Case) -> Draft:
    """Return what a turn takes off and writes, but for what is kept as late."""
    draft = Draft(case.turn.reference, case.turn.leaves_operator)
    covers = cover(case, draft)
    if case.turn.after and case.facts.offer:
        price(case, draft, case.turn.after, case.facts.offer, covers)
    else:
        draft.drops += [one for one in case.own if not one.covered_by]
    draft.cancel_out()
    adjust(case, draft)
    hand_on_clocks(case, draft)
    free_what_others_made_worse(case, draft)
    return draft


def cover(case: Case, draft: Draft) -> Covers:
    """Have passes let go of the days that change, then cover those that they can."""
    purse = case.facts.purse
    others: dict[Spot, list[Neighbour]] = {}
    for spot in case.touched:
        draft.drops += case.covered(spot)
        purse.put(case.covered(spot))
    for spot in case.touched:
        others[spot] = neighbours(spot, case.turn.beside, case.books)
        for one in left_alone(others[spot], purse):
            draft.drops += one.instead_of
            draft.fresh += moved_cover(one, case.now)
    if draft.leaves_operator:
        withhold(case, draft)
    return dict(own_covers(case, others))


def own_covers(
    case: Case, others: Mapping[Spot, Sequence[Neighbour]]
) -> Iterator[tuple[Spot, Cover]]:
    """Yield the days of the booking that passes cover anew, if it spends any: none for nothing."""
    use, offer = case.turn.after, case.facts.offer
    if use is None or offer is None or not case.spends_passes:
        return
    for spot in case.touched:
        piece = spots(use).get(spot)
        if piece is None or not is_worth(case, offer, spot, piece):
            continue
        shares = cover_beside(others[spot], use, piece, case.facts.purse)
        if shares is not None:
            yield spot, Cover(case.turn.reference, use, piece, shares)


def is_worth(case: Case, offer: Offer, spot: Spot, piece: Piece) -> bool:
    """Tell whether a day would cost something, beside what is owed of it already."""
    assert case.turn.after is not None
    quote = offer.quote(only(case.turn.after, [piece]))
    return quote is not None and quote.total_cents > would_save(case, spot, piece).get(CUSTOMER, 0)


def price(case: Case, draft: Draft, use: Use, offer: Offer, covers: Covers) -> None:
    """Have covered days stand at no cents, and the rest at its price if it is not what it was."""
    sale = case.sale(offer, use)
    for one in covers.values():
        if quote := offer.quote(only(use, [one.piece])):
            draft.fresh += covered_lines(sale, quote, one)
    had = {spot: piece for spot, piece in spots(case.turn.before).items() if not case.covered(spot)}
    rest: Pieces = {
        spot: one for spot, one in spots(use).items() if not stays_covered(case, spot, covers)
    }
    if rest == had:
        return
    keeps = keeping(case, offer, use, rest)
    draft.drops += [one for one in case.own if not one.covered_by and one not in keeps]
    rest = beyond(rest, keeps)
    if rest and (quote := offer.quote(only(use, rest.values()))):
        for line in quote.lines:
            draft.fresh += owed_lines(sale, quote, line)


def stays_covered(case: Case, spot: Spot, covers: Covers) -> bool:
    """Tell whether passes cover a day of what the booking uses after its turn."""
    return spot in covers or (spot not in case.touched and bool(case.covered(spot)))
