"""What is wrong in the rows of holds: units kept for who has yet to say who they are."""

from collections import defaultdict
from collections.abc import Iterator

from torture.evidence import Allocation, Evidence, Hold


def ill_made_holds(evidence: Evidence) -> Iterator[str]:
    """Yield holds and allocations that do not fit one another."""
    kept: dict[int, list[Allocation]] = defaultdict(list)
    for one in evidence.allocations:
        is_held = (one.status == "held", one.booking is None, one.hold is not None)
        if len({*is_held, one.held_until is not None}) != 1:
            yield f"allocation {one.id}: {one}"
        if one.hold is not None:
            kept[one.hold].append(one)
    known = {one.id for one in evidence.holds}
    for number in kept.keys() - known:
        yield f"allocations of hold {number}, which is not"
    for hold in evidence.holds:
        for wrong in what_is_wrong(hold, kept.get(hold.id, [])):
            yield f"hold {hold.id}: {wrong}"


def what_is_wrong(hold: Hold, rows: list[Allocation]) -> Iterator[str]:
    """Yield what does not fit between a hold and its allocations."""
    if hold.booking is not None:
        if rows:
            yield f"was confirmed, and keeps {[one.id for one in rows]}"
        return
    times = {(one.starts_at, one.ends_at) for one in rows}
    units = hold.people if hold.sold_by == "place" else 1
    if not rows or len(rows) != len(times) * units:
        yield f"{len(rows)} allocations for {len(times)} times of {units} units"
    if any(one.space != hold.space or one.unit_space != hold.space for one in rows):
        yield "a unit of elsewhere, or none"
    if any(one.held_until != hold.until for one in rows):
        yield "its allocations end at another instant"


def confirmed_as_other(evidence: Evidence) -> Iterator[str]:
    """Yield holds that became what they were not: the note of both is the key they came with."""
    bookings = {one.id: one for one in evidence.bookings}
    for hold in evidence.holds:
        if hold.booking is None:
            continue
        booking = bookings.get(hold.booking)
        if booking is None or booking.note != hold.note:
            yield f"hold {hold.id} ({hold.note}): became {booking}"
