"""What a wish is decided on: the space, its hours, what the person holds, what is taken.

All of it is asked in one go, before the space's time zone is known: over more days than the wish
has in any zone. The rules look at the days they are about.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from billing.grids.tables import adopted_grids
from bookings.admission import AskedUnits, UnitRow, as_if_given_up
from bookings.locks import AskedLocks
from bookings.models import Booking
from bookings.quotas import AskedHoldings, Holding
from bookings.wishes import Wish
from network.insertions import NextKey
from network.models import User
from network.sql import Asked, Statement, together
from sites.intervals import Interval, envelope
from sites.models import Space
from sites.openings import AskedOpenings, Openings

#: Every local day that an instant may be in, in any zone, is over before or begins after that.
LOCAL_DAY = timedelta(hours=25)


@dataclass(frozen=True)
class Ground:
    """What is known of a space and a person when a wish is decided; a visitor holds nothing.

    `is_priced` tells whether the network has any tariff grid.
    """

    space: Space
    openings: Openings
    held: Sequence[Holding]
    rows: Sequence[UnitRow]
    is_priced: bool

    def without(self, allocations: Collection[int]) -> "Ground":
        """Return it as it would be without those allocations, told by their keys."""
        return replace(self, rows=as_if_given_up(self.rows, allocations)) if allocations else self


def locked_ground(wish: Wish, person: User | None, now: datetime, *space_ids: int) -> Ground:
    """Lock the person and the space, others too if told, and read what the wish is decided on.

    Raises Space.DoesNotExist.
    """
    asked = AskedUnderLocks(wish, person, now, *space_ids)
    together(*asked.statements)
    return asked.ground


def seen_ground(wish: Wish, space: Space, person: User | None, now: datetime) -> Ground:
    """Read what the wish would be decided on now; nothing is locked."""
    asked = AskedGround(wish, person, now)
    together(*asked.statements)
    return asked.of(space)


class AskedGround:
    """What a wish is decided on but for the space itself, to be asked with it."""

    def __init__(self, wish: Wish, person: User | None, now: datetime) -> None:
        around = window_around(wish, now)
        since = min([now, *(one.starts_at for one in wish.intervals)])
        self.openings = AskedOpenings(wish.space_id, around)
        self.held = AskedHoldings(person, since) if person else None
        self.units = AskedUnits(wish.space_id, around)
        self.grids: Asked[tuple[int]] = adopted_grids().asked()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        held = (self.held.statement,) if self.held else ()
        return *self.openings.statements, *held, self.units.statement, self.grids

    def of(self, space: Space) -> Ground:
        """Return what was read, of that space."""
        openings = self.openings.of(space.site)
        held = self.held.holdings if self.held else ()
        return Ground(space, openings, held, self.units.rows, is_priced=bool(self.grids.rows))


class AskedUnderLocks:
    """The locks of a person and of spaces, and what a wish is decided on once they are had.

    Asked in one go, each statement still sees what was committed when its turn came, that is, once
    the locks before it were had.
    """

    def __init__(self, wish: Wish, person: User | None, now: datetime, *space_ids: int) -> None:
        self.space_id = wish.space_id
        self.locks = AskedLocks(person, wish.space_id, *space_ids)
        self.seen = AskedGround(wish, person, now)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return *self.locks.statements, *self.seen.statements

    @property
    def ground(self) -> Ground:
        """Return what was read. Raises Space.DoesNotExist."""
        return self.seen.of(self.locks.space(self.space_id))


class AskedBooking(AskedUnderLocks):
    """The same for a booking yet to be written, with the key that it will have."""

    def __init__(self, wish: Wish, person: User, now: datetime) -> None:
        super().__init__(wish, person, now)
        self.wish, self.person, self.now = wish, person, now
        self.key = NextKey(Booking)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return *super().statements, self.key

    @property
    def is_priced(self) -> bool:
        """Tell whether the network has any tariff grid, once it was asked."""
        return bool(self.seen.grids.rows)

    @property
    def after_person(self) -> tuple[Statement, ...]:
        """Return what is left to ask where the person is locked already."""
        return self.statements[1:]


def window_around(wish: Wish, now: datetime) -> Interval:
    """Return a time that covers the local days of what may be admitted of a wish, in any zone.

    What is past is refused by itself: nobody has years of it read.
    """
    asked = envelope([*wish.intervals, Interval(now, now)])
    starts_at = min((one.starts_at for one in wish.intervals), default=now)
    return Interval(max(starts_at, now) - LOCAL_DAY, asked.ends_at + LOCAL_DAY)
