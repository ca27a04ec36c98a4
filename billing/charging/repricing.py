"""What a change of a booking leaves at its old price, where later prices hold for what changes."""

from collections.abc import Mapping, Sequence

from billing.charging.cases import Case
from billing.charging.days import Piece, Spot, only
from billing.charging.quotes import CUSTOMER, Use
from billing.charging.reading import Offer
from billing.charging.standing import Standing

Pieces = Mapping[Spot, Piece]


def keeping(case: Case, offer: Offer, use: Use, owed: Pieces) -> Sequence[Standing]:
    """Return the lines that stay as they are of what a use owes: those of days that do not change.

    None where all is priced by the day on which the booking was made, or costs less when priced
    anew as a whole.
    """
    turn = case.turn
    if turn.priced_at(case.now) == turn.booked_at:
        return ()
    lines = [one for one in case.own if not one.covered_by and not is_touched(case, one)]
    apart = sum(one.line.amount_cents for one in lines if one.line.organisation_id == CUSTOMER)
    apart += cost_of(offer, use, beyond(owed, lines))
    return lines if apart <= cost_of(offer, use, owed) else ()


def is_touched(case: Case, one: Standing) -> bool:
    """Tell whether something changes on a day that a line is for."""
    return any(Spot(one.place, day) in case.touched for day in one.days)


def beyond(owed: Pieces, lines: Sequence[Standing]) -> Pieces:
    """Return what is owed besides what some lines are for."""
    days = {day for one in lines for day in one.days}
    return {spot: piece for spot, piece in owed.items() if spot.day not in days}


def cost_of(offer: Offer, use: Use, owed: Pieces) -> int:
    """Return what the person pays for some of a use; nothing where it has no price."""
    quote = offer.quote(only(use, owed.values())) if owed else None
    return quote.total_cents if quote else 0
