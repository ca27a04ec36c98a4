"""What must be true of all bookings whatever happened, counted from the rows themselves."""

from typing import Any

from django.db import connection
from django_tasks_db.models import DBTaskResult

from bookings.guard.triggers import TRIGGERS
from bookings.models import Allocation, Booking, Hold
from bookings.units.packing import peak
from sites.models import Space

SHARED_PAIRS = """
    SELECT count(*) FROM bookings_allocation one JOIN bookings_allocation other
      ON one.unit_id = other.unit_id AND one.id < other.id
     AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at
    WHERE one.status IN ('held', 'confirmed') AND other.status IN ('held', 'confirmed')
"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def number_from(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (number,) = cursor.fetchone()
    return int(number)


def drop_guard() -> None:
    """Take the database's own promise away, for a control that does double-book."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in TRIGGERS:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(
                "ALTER TABLE bookings_allocation DROP CONSTRAINT allocation_unit_not_shared"
            )


def shared_pairs() -> int:
    """Return how many pairs of allocations hold one unit at one instant."""
    return number_from(SHARED_PAIRS)


def is_whole(booking: Booking) -> bool:
    """Tell whether a booking has exactly the allocations it should."""
    rows = list(booking.allocations.filter(pk__in=Allocation.objects.kept()))
    status = booking.status if booking.is_active else Allocation.Status.RELEASED
    times = {row.interval for row in rows}
    return (
        bool(rows)
        and len(rows) == len(times) * booking.space.units_for(booking.people)
        and len({(row.interval, row.unit_id) for row in rows}) == len(rows)
        and all(row.unit_id and row.status == status for row in rows)
        and all((row.space_id, row.site_id) == (booking.space_id, booking.site_id) for row in rows)
        and booking.starts_at == min(time.starts_at for time in times)
        and booking.ends_at == max(time.ends_at for time in times)
    )


def is_whole_hold(hold: Hold) -> bool:
    """Tell whether a hold keeps all it should: nothing once it was confirmed."""
    rows = list(hold.allocations.all())
    if hold.booking_id is not None:
        return not rows
    units = hold.space.units_for(hold.people)
    return (
        bool(rows)
        and len(rows) == len(hold.intervals) * units
        and len({(row.interval, row.unit_id) for row in rows}) == len(rows)
        and all(row.unit_id and row.space_id == hold.space_id for row in rows)
        and all(row.held_until == hold.until for row in rows)
    )


def overfull_spaces() -> list[str]:
    """Return the spaces that have more taken at one instant than they have units."""
    return [
        str(space)
        for space in Space.objects.all()
        if peak([one.interval for one in space.allocations.guarded()]) > space.units.count()
    ]


def findings() -> dict[str, Any]:
    """Return all counts; a sound database has only empty ones, and as many letters as wanted."""
    bookings = Booking.objects.select_related("space").prefetch_related("allocations")
    every = list(bookings)
    holds = Hold.objects.select_related("space").prefetch_related("allocations")
    return {
        "bookings": len(every),
        "shared_pairs": shared_pairs(),
        "deadlocks": number_from(DEADLOCKS) if connection.vendor == "postgresql" else 0,
        "broken": [booking.reference for booking in every if not is_whole(booking)],
        "broken_holds": [hold.pk for hold in holds if not is_whole_hold(hold)],
        "overfull": overfull_spaces(),
        "letters": len(revisions_told()),
        "letters_wanted": sum(booking.sequence + 1 for booking in every),
    }


def revisions_told() -> set[tuple[int, int]]:
    """Return each booking and revision that has letters to be sent: one for each of its events."""
    args = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    letters = [tuple(one["args"]) for one in args]
    assert len(set(letters)) == len(letters)
    return {(booking, sequence) for booking, _change, sequence, _number in letters}
