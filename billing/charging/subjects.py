"""What charging is asked about: bookings as plain values, for billing lies below them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from billing.charging.days import Piece, Place, Spot, pieces, place_of
from billing.charging.quotes import Use
from network.models import User


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One booking and what it uses, of what can be booked so many days ahead."""

    reference: str
    booked_at: datetime
    use: Use
    advance_days: int

    @property
    def place(self) -> Place:
        """Return where it is."""
        return place_of(self.use)

    def priced_by(self, made_at: datetime) -> "Subject":
        """Return the same as if it had been booked when its prices held that were charged then."""
        return replace(self, booked_at=priced_at(self.booked_at, made_at, self.advance_days))


def priced_at(booked_at: datetime, changed_at: datetime, advance_days: int) -> datetime:
    """Return the instant whose prices hold for what is changed of a booking.

    That is when it was made, but at most as long ago as one can book ahead: or who moves a booking
    on and on would keep an old price for ever.
    """
    return max(booked_at, changed_at - timedelta(days=advance_days))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What becomes of one booking: from nothing when it is made, to nothing when it is cancelled.

    `revision` counts its turns. `beside` are the person's other bookings of the same kinds at the
    same sites in the same weeks, with all their times of these. Its space can be booked so many
    days ahead. On account of an organisation, told by its key as `payer`, that owes what the person
    would have, and `beside` are bookings on its account alone. Unless it `spends_passes`, it is
    paid in money. `is_free`: it is not the person who gives something up; `closed` are days on
    which they could not have come anyway: nothing is kept of these.
    """

    reference: str
    revision: int
    person: User
    booked_at: datetime
    advance_days: int
    payer: int | None = None
    before: Use | None = None
    after: Use | None = None
    beside: Sequence[Subject] = ()
    spends_passes: bool = True
    is_free: bool = False
    closed: frozenset[date] = frozenset()

    @property
    def belonging(self) -> int | None:
        """Return the key of whose customer groups count: nobody's on account of an organisation."""
        return None if self.payer else self.person.pk

    @property
    def leaves_operator(self) -> bool:
        """Tell whether the booking moves to a site of another operator."""
        if self.before is None or self.after is None:
            return False
        return self.before.site.operator_id != self.after.site.operator_id

    def priced_at(self, now: datetime) -> datetime:
        """Return the instant whose prices hold for what is changed now."""
        return priced_at(self.booked_at, now, self.advance_days)


def spots(use: Use | None) -> dict[Spot, Piece]:
    """Return what a use has of each local day of its place."""
    if use is None:
        return {}
    return {Spot(place_of(use), day): piece for day, piece in pieces(use).items()}


def touched(turn: Turn) -> list[Spot]:
    """Return where something of the booking changes, in order."""
    before, after = spots(turn.before), spots(turn.after)
    return [spot for spot in sorted({*before, *after}) if before.get(spot) != after.get(spot)]
