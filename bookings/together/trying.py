"""Each cell of an order is booked as if alone, one after the other; what is refused is noted."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.actions import book_as_asked
from bookings.charges.prices import prices_of
from bookings.charges.turns import Agreed
from bookings.errors import NotFreeThen, NoUnitFree, OverlapsOwnBooking, QuotaAhead, QuotaPerDay
from bookings.ground import AskedBooking
from bookings.models import Booking
from bookings.together.cells import Cell, Order, Tried
from bookings.together.places import Places
from bookings.wishes import Wish
from network.errors import Refusal
from network.sql import together
from subscriptions.errors import NotOnAccount
from subscriptions.teams.approvers import runs

#: What would tell of the person's other bookings.
OTHERS = (OverlapsOwnBooking, QuotaAhead, QuotaPerDay)


def try_all(order: Order, places: Places) -> list[Tried]:
    """Book the cells that can be had, under the locks of all; return each with its price, or why.

    Those that come first count for those that follow: of rules, room and credits.
    """
    agreed = Agreed(is_approved=runs(order.by, order.employer))
    tried = [try_one(cell, order, places, agreed) for cell in order.cells]
    prices = prices_of([one.booking for one in tried if one.booking], order.now)
    return [
        replace(one, price=prices.get(one.booking.reference)) if one.booking else one
        for one in tried
    ]


def try_one(cell: Cell, order: Order, places: Places, agreed: Agreed) -> Tried:
    """Book a cell in the first space that has room."""
    try:
        wishes = places.wishes(cell, order.employer)
        return Tried(cell, booking=booked_in_turn(cell, wishes, order, agreed))
    except Refusal as refusal:
        return Tried(cell, refusal=told(refusal, cell))


def booked_in_turn(cell: Cell, wishes: Sequence[Wish], order: Order, agreed: Agreed) -> Booking:
    """Book the first of some wishes that has room. Raises what the last one raises."""
    *others, last = wishes
    for wish in others:
        try:
            return booked(cell, wish, order, agreed)
        except NoUnitFree:
            continue
    return booked(cell, last, order, agreed)


@transaction.atomic
def booked(cell: Cell, wish: Wish, order: Order, agreed: Agreed) -> Booking:
    """Book a wish for the person of a cell, or leave nothing of it."""
    asked = AskedBooking(wish, cell.person, order.now)
    together(*asked.statements)
    return book_as_asked(asked, by=order.by, agreed=agreed)


def told(refusal: Refusal, cell: Cell) -> Refusal:
    """Return a refusal as who books for somebody may read it: nothing of their other bookings."""
    person = {"person": str(cell.person)}
    if isinstance(refusal, OTHERS):
        return NotFreeThen(_("%(person)s is not free then.") % person)
    if isinstance(refusal, NotOnAccount):
        return NotOnAccount(_("%(person)s no longer books on your account.") % person)
    return refusal
