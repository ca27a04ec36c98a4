"""What a wish would cost, what a booking costs, and what giving it up gives back. Reads only."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from billing.charging.cases import Case
from billing.charging.subjects import Turn
from billing.showing.before import price_both_ways
from billing.showing.losses import Loss, loss
from billing.showing.telling import Price, prices_now
from bookings.charges.turns import case_of, given, turn_of, use_of, used
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space

#: In the place of a reference, it sorts behind all of them: what is only wished was booked last.
WISHED = "~"


def price_of_wish(
    wish: Wish, space: Space, person: User | AnonymousUser, now: datetime
) -> Price | None:
    """Return what confirming a wish would cost now, and the other way if there is a choice.

    A visitor has neither group nor pass. None where no price is set: the site says it.
    """
    known = person if isinstance(person, User) else User()
    if not wish.intervals:
        return None
    return price_both_ways(wished(wish, space, wish.intervals, known, now))


def wished(
    wish: Wish, space: Space, times: Iterable[Interval], person: User, now: datetime
) -> Case:
    """Return the booking of what is wished of a space at those times, as if it was made now."""
    turn = Turn(
        reference=WISHED,
        revision=0,
        person=person,
        booked_at=now,
        advance_days=space.advance_days,
        payer=wish.on_account_of,
        after=use_of(space, wish.people, times),
        spends_passes=wish.spends_passes,
    )
    return case_of(turn, None, now)


def price_of(booking: Booking, now: datetime) -> Price | None:
    """Return what a booking costs, as it stands; None where no price is set."""
    return prices_of([booking], now).get(booking.reference)


def prices_of(bookings: Iterable[Booking], now: datetime) -> dict[str, Price]:
    """Return what bookings cost as they stand, by reference: one query. Not those without a price.

    Their sites are read with them.
    """
    return prices_now({one.reference: one.site for one in bookings}, now)


def loss_of(
    booking: Booking, by: User, now: datetime, times: Collection[Interval] | None = None
) -> Loss:
    """Return what cancelling would give back now; or what giving back some whole times would."""
    held = list(booking.allocations.confirmed())
    left = [] if times is None else [one for one in held if one.interval not in times]
    noted = given(booking, held, used(booking, left), by, now)
    return loss(case_of(turn_of(booking, noted), booking.pk, now))
