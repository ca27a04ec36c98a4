"""What charging is asked about: bookings as plain values, for billing lies below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from billing.charging.days import Piece, Place, Spot, pieces, place_of
from billing.charging.quotes import Use
from network.models import User


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One booking and what it uses. It is priced by the day on which it was made."""

    reference: str
    booked_at: datetime
    use: Use

    @property
    def order(self) -> tuple[datetime, str]:
        """Return what tells which of two was booked first."""
        return self.booked_at, self.reference

    @property
    def place(self) -> Place:
        """Return where it is."""
        return place_of(self.use)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What becomes of one booking: from nothing when it is made, to nothing when it is cancelled.

    `revision` counts its turns. `beside` are the person's other bookings of the same kinds at the
    same sites in the same weeks, with all their times of these. Unless it `spends_passes`, it is
    paid in money. `is_free`: it is not the person who gives something up; `closed` are days on
    which they could not have come anyway: nothing is kept of these.
    """

    reference: str
    revision: int
    person: User
    booked_at: datetime
    before: Use | None = None
    after: Use | None = None
    beside: Sequence[Subject] = ()
    spends_passes: bool = True
    is_free: bool = False
    closed: frozenset[date] = frozenset()

    @property
    def leaves_operator(self) -> bool:
        """Tell whether the booking moves to a site of another operator."""
        if self.before is None or self.after is None:
            return False
        return self.before.site.operator_id != self.after.site.operator_id


def spots(use: Use | None) -> dict[Spot, Piece]:
    """Return what a use has of each local day of its place."""
    if use is None:
        return {}
    return {Spot(place_of(use), day): piece for day, piece in pieces(use).items()}


def touched(turn: Turn) -> list[Spot]:
    """Return where something of the booking changes, in order."""
    before, after = spots(turn.before), spots(turn.after)
    return [spot for spot in sorted({*before, *after}) if before.get(spot) != after.get(spot)]
