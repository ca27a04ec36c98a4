"""What is wrong in the rows alone, whatever anybody was told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from torture.evidence import Allocation, Booking, Evidence

Stretch = tuple[datetime, datetime]
EXPECTED = {"confirmed": "confirmed", "cancelled": "released"}


def holdings(evidence: Evidence) -> list[Allocation]:
    """Return the allocations that keep others out, by their start."""
    holding = [one for one in evidence.allocations if one.is_holding]
    return sorted(holding, key=lambda one: (one.starts_at, one.ends_at))


def by_booking(evidence: Evidence) -> dict[int, list[Allocation]]:
    """Return the allocations of each booking."""
    found = defaultdict(list)
    for one in evidence.allocations:
        if one.booking is not None:
            found[one.booking].append(one)
    return found


def clashes(groups: Iterable[list[Allocation]]) -> Iterator[tuple[Allocation, Allocation]]:
    """Yield pairs that share an instant, of allocations sorted by start."""
    for group in groups:
        latest = None
        for one in group:
            if latest and one.starts_at < latest.ends_at:
                yield latest, one
            if latest is None or one.ends_at > latest.ends_at:
                latest = one


def units_held_twice(evidence: Evidence) -> Iterator[str]:
    """Yield pairs of allocations that hold one unit at one instant."""
    units = defaultdict(list)
    for one in holdings(evidence):
        units[one.unit].append(one)
    units.pop(None, None)
    for first, second in clashes(units.values()):
        yield f"unit {first.unit}: allocations {first.id} and {second.id} at {second.starts_at}"


def persons_in_two_places(evidence: Evidence) -> Iterator[str]:
    """Yield pairs of bookings of one person and kind that share an instant."""
    bookings = {one.id: one for one in evidence.bookings}
    places: dict[Any, list[Allocation]] = defaultdict(list)
    for one in holdings(evidence):
        if one.booking and (booking := bookings.get(one.booking)):
            places[booking.email, booking.kind].append(one)
    for who, group in places.items():
        for first, second in pairwise(spans_of(group)):
            if second[0] < first[1]:
                yield f"{who[0]}: bookings {first[2]} and {second[2]} at {second[0]}"


def spans_of(allocations: list[Allocation]) -> list[tuple[datetime, datetime, int]]:
    """Return the times of bookings, once each however many units they take, sorted."""
    times = {(one.starts_at, one.ends_at, one.booking) for one in allocations}
    return sorted((starts, ends, booking) for starts, ends, booking in times if booking)


def ill_made_bookings(evidence: Evidence) -> Iterator[str]:
    """Yield bookings and allocations that do not fit one another."""
    allocations = by_booking(evidence)
    known = {one.id for one in evidence.bookings}
    for number in allocations.keys() - known:
        yield f"allocations of booking {number}, which is not"
    for booking in evidence.bookings:
        rows = allocations.get(booking.id, [])
        for wrong in what_is_wrong(booking, rows):
            yield f"{booking.reference}: {wrong}"


def what_is_wrong(booking: Booking, rows: list[Allocation]) -> Iterator[str]:
    """Yield what does not fit between a booking and its allocations."""
    if not rows:
        yield "no allocations"
        return
    place = (booking.space, booking.site, booking.space)
    if any((one.space, one.site, one.unit_space) != place for one in rows):
        yield "a unit of elsewhere, or none"
    if {one.status for one in rows} != {EXPECTED[booking.status]}:
        yield f"is {booking.status}, its allocations {sorted({one.status for one in rows})}"
    times = {(one.starts_at, one.ends_at) for one in rows}
    units = booking.people if booking.sold_by == "place" else 1
    if len({(one.starts_at, one.unit) for one in rows}) != len(rows):
        yield "one unit twice at one time"
    if len(rows) != len(times) * units:
        yield f"{len(rows)} allocations for {len(times)} times of {units} units"
    span = (min(starts for starts, _ends in times), max(ends for _starts, ends in times))
    if span != (booking.starts_at, booking.ends_at):
        yield "its span is not that of its allocations"


def cancelled_but_holding(evidence: Evidence) -> Iterator[str]:
    """Yield cancelled bookings that keep others out."""
    allocations = by_booking(evidence)
    for booking in evidence.bookings:
        held = [one.id for one in allocations.get(booking.id, []) if one.is_holding]
        if booking.status == "cancelled" and held:
            yield f"{booking.reference}: allocations {held}"


def bookings_a_key(evidence: Evidence) -> Iterator[str]:
    """Yield keys that made more than one booking: the note of a booking is its key."""
    keys = defaultdict(list)
    for booking in evidence.bookings:
        keys[booking.note].append(booking.reference)
    for key, references in keys.items():
        if len(references) > 1:
            yield f"{key}: {references}"


def outside_opening(evidence: Evidence) -> Iterator[str]:
    """Yield holding allocations when the site is not open throughout, or that leave its day."""
    zones = {one.site: ZoneInfo(one.zone) for one in evidence.hours}
    for one in holdings(evidence):
        zone = zones[one.site]
        day = one.starts_at.astimezone(zone).date()
        stretches = opening(evidence, one.site, day, zone)
        if not any(opens <= one.starts_at and one.ends_at <= shuts for opens, shuts in stretches):
            yield f"allocation {one.id}: {one.starts_at} – {one.ends_at}, shut or another day"
        for closure in evidence.closures:
            is_meant = closure.site == one.site and closure.space in {None, one.space}
            if is_meant and closure.starts_at < one.ends_at and one.starts_at < closure.ends_at:
                yield f"allocation {one.id}: {one.starts_at} – {one.ends_at}, closed"


def opening(evidence: Evidence, site: int, day: date, zone: ZoneInfo) -> list[Stretch]:
    """Return when a site's week has it open on a day; hours that touch are one."""
    stretches: list[Stretch] = []
    hours = [one for one in evidence.hours if (one.site, one.weekday) == (site, day.weekday())]
    for one in sorted(hours, key=lambda one: one.opens_at):
        last = day + timedelta(days=1) if one.closes_at == time() else day
        opens = datetime.combine(day, one.opens_at, zone)
        shuts = datetime.combine(last, one.closes_at, zone)
        if stretches and stretches[-1][1] == opens:
            opens = stretches.pop()[0]
        stretches.append((opens, shuts))
    return stretches
