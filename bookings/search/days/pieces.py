"""What is left of a space whose half-days are gone: its free stretches, by the hour."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bookings.rules import last_bookable
from bookings.search.candidates import SpaceRow
from bookings.search.days.cutting import Cutter
from bookings.search.parts import Part, bookable_times
from bookings.search.slots import SiteSlots, Slot, SlotSearch, SpaceSlots, When

MOST_PIECES = 3


def spaces_drawn(found: SlotSearch, site: SiteSlots, when: When) -> tuple[SpaceSlots, ...]:
    """Return the site's spaces, each of which no half-day is free with its free pieces instead.

    No query. Only for one day of which no part and no hours were asked.
    """
    if when.part or when.hours is not None or len(when.days) > 1:
        return site.spaces
    return tuple(one if one.is_free else in_pieces(found, one, when.days[0]) for one in site.spaces)


def in_pieces(found: SlotSearch, full: SpaceSlots, day: date) -> SpaceSlots:
    """Return the space with its longest free pieces as slots, or as it is when it has none."""
    longest = apart(free_pieces(found, full.space, day))[:MOST_PIECES]
    slots = tuple(sorted(longest, key=lambda one: one.span))
    return replace(full, slots=slots or full.slots)


def free_pieces(found: SlotSearch, space: SpaceRow, day: date) -> Iterator[Slot]:
    """Yield what of the day the wish can have, each piece as long as may be."""
    cutter = Cutter(space, found.occupancy, space.units_for(found.search.people))
    until = last_bookable(space.advance_days, space.site.zone, found.now)
    for hours in bookable_times(found.openings, space, day, found.now):
        for piece in cutter.stretches(hours):
            if piece.wish and piece.wish.ends_at <= until:
                yield Slot(Part.HOURS, (piece.wish,), piece.units_free, cutter.units_wanted)


def apart(slots: Iterable[Slot]) -> list[Slot]:
    """Return the longest slots, the longest first, and of those that overlap the first alone."""
    chosen: list[Slot] = []
    for slot in sorted(slots, key=lambda one: -one.span.length):
        if not any(slot.span.overlaps(other.span) for other in chosen):
            chosen.append(slot)
    return chosen
