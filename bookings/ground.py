"""What a wish is decided on: the space, its hours, what the person holds, what is taken.

All of it is asked in one go, before the space's time zone is known: over more days than the wish
has in any zone. The rules look at the days they are about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bookings.admission import AskedUnits, UnitRow
from bookings.locks import AskedLocks
from bookings.quotas import AskedHoldings, Holding
from bookings.wishes import Wish
from network.models import User
from network.sql import Statement, together
from sites.intervals import Interval, envelope
from sites.models import Space
from sites.openings import AskedOpenings, Openings

#: Every local day that an instant may be in, in any zone, is over before or begins after that.
LOCAL_DAY = timedelta(hours=25)


@dataclass(frozen=True)
class Ground:
    """What is known of a space and a person when a wish is decided."""

    space: Space
    openings: Openings
    held: Sequence[Holding]
    rows: Sequence[UnitRow]


def locked_ground(wish: Wish, person: User, now: datetime, *others: Statement) -> Ground:
    """Lock the person and the space, in that order, and read what the wish is decided on.

    Asked in one go, each statement still sees what was committed when its turn came, that is, once
    the locks before it were had. `others` are asked with it. Raises Space.DoesNotExist.
    """
    locks = AskedLocks(person, wish.space_id)
    asked = AskedGround(wish, person, now)
    together(*locks.statements, *asked.statements, *others)
    return asked.of(locks.space)


def seen_ground(wish: Wish, space: Space, person: User, now: datetime) -> Ground:
    """Read what the wish would be decided on now; nothing is locked."""
    asked = AskedGround(wish, person, now)
    together(*asked.statements)
    return asked.of(space)


class AskedGround:
    """What a wish is decided on but for the space itself, to be asked with it."""

    def __init__(self, wish: Wish, person: User, now: datetime) -> None:
        around = window_around(wish, now)
        self.openings = AskedOpenings(wish.space_id, around)
        self.held = AskedHoldings(person, min([now, *(one.starts_at for one in wish.intervals)]))
        self.units = AskedUnits(wish.space_id, around)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what to ask."""
        return *self.openings.statements, self.held.statement, self.units.statement

    def of(self, space: Space) -> Ground:
        """Return what was read, of that space."""
        openings = self.openings.of(space.site)
        return Ground(space, openings, self.held.holdings, self.units.rows)


def window_around(wish: Wish, now: datetime) -> Interval:
    """Return a time that covers the local days of what may be admitted of a wish, in any zone.

    What is past is refused by itself: nobody has years of it read.
    """
    asked = envelope([*wish.intervals, Interval(now, now)])
    starts_at = min((one.starts_at for one in wish.intervals), default=now)
    return Interval(max(starts_at, now) - LOCAL_DAY, asked.ends_at + LOCAL_DAY)
