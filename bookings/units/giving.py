"""Writing who has which units. Every caller has locked the space."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from bookings.errors import NoUnitFree, is_unit_shared
from bookings.models import Allocation, Booking, Hold
from bookings.units.packing import Placement
from network.insertions import insert
from sites.intervals import Interval
from sites.models import Unit


def let_go(holds: Collection[int]) -> None:
    """Delete holds with all they keep, each locked first, as who sweeps them does."""
    if not holds:
        return
    rows = Hold.objects.filter(pk__in=holds)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    rows.delete()


def state_of(holder: Booking | Hold) -> dict[str, Any]:
    """Return whose allocations they are, in which state."""
    if isinstance(holder, Hold):
        held = Allocation.Status.HELD
        return {"hold": holder, "held_until": holder.until, "status": held}
    return {"booking": holder, "status": Allocation.Status.CONFIRMED}


def move(moves: dict[int, int]) -> None:
    """Move allocations to other units, all set free first so that no two ever meet."""
    if not moves:
        return
    Allocation.objects.filter(pk__in=moves).update(unit=None)
    Allocation.objects.bulk_update(
        [Allocation(pk=pk, unit=Unit(pk=unit)) for pk, unit in moves.items()], ["unit"]
    )


def give(to: Booking | Hold, placement: Placement, intervals: Sequence[Interval]) -> None:
    """Let go what ended, move who must move; write a booking's or hold's allocations."""
    make_room(placement)
    write(*allocations(to, placement, intervals))


def make_room(placement: Placement) -> None:
    """Let go what ended, and move who must move."""
    let_go(placement.ended)
    move(placement.moves)


def allocations(
    to: Booking | Hold, placement: Placement, intervals: Sequence[Interval]
) -> list[Allocation]:
    """Return the allocations of a booking or hold, to be written."""
    return [
        Allocation(
            **state_of(to),
            site_id=to.site_id,
            space_id=to.space_id,
            unit_id=unit,
            starts_at=interval.starts_at,
            ends_at=interval.ends_at,
        )
        for interval, units in zip(intervals, placement.units, strict=True)
        for unit in units
    ]


def write(*rows: Model) -> None:
    """Write new rows in turn, allocations among them.

    The lock makes a clash impossible; should something write without it, the database's own
    refusal becomes the same clear one.
    """
    try:
        insert(*rows)
    except IntegrityError as error:
        if is_unit_shared(error):
            raise NoUnitFree(_("Somebody has just taken this. Choose another one.")) from error
        raise


def know(booking: Booking, rows: Sequence[Allocation]) -> None:
    """Have a new booking know its allocations, as if they had been prefetched."""
    known = booking.allocations.all()
    known._result_cache = list(rows)
    booking._prefetched_objects_cache = {"allocations": known}  # type: ignore[attr-defined]
