"""What a booking would cost where it could go instead: told on each time that its page offers."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from billing.charging.days import local_date
from billing.passes.holding import Held, held_of
from billing.showing.alone import AskedPayer, Payer
from billing.showing.telling import Price
from bookings.charges.slots import SlotPrices
from bookings.models import Booking
from network.sql import together


def move_prices(booking: Booking, price: Price | None, now: datetime) -> SlotPrices | None:
    """Return what its times elsewhere are told by: the grid and groups of the day it was made on.

    `price` is what it costs; without one there is nothing to tell. The half-days that it has of
    passes would be its own again; in money it stays if it is paid so. An organisation has the
    standard price.
    """
    if price is None:
        return None
    if booking.organisation_id is not None:
        return SlotPrices(Payer(), now, booking.created_at)
    asked = AskedPayer(booking.person, local_date(booking.created_at, booking.site), now)
    together(*asked.statements)
    passes = held_without(price, held_of(asked.passes.rows)) if booking.spends_passes else []
    return SlotPrices(Payer(asked.payer.groups, passes), now, booking.created_at)


def held_without(price: Price, passes: list[Held]) -> list[Held]:
    """Return passes as if a booking had taken nothing of them; those that have something left."""
    own = Counter({one.row.pk: one.half_days for one in price.spent})
    every = (replace(one, left=one.left + own[one.row.pk]) for one in passes)
    return [one for one in every if one.left > 0]
