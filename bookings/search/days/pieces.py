"""What is left of a space whose half-days are gone: its free stretches, by the hour."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from bookings.rules import last_bookable
from bookings.search.candidates import SpaceRow
from bookings.search.parts import Part, bookable_times
from bookings.search.slots import SiteSlots, Slot, SlotSearch, SpaceSlots, When
from sites.intervals import Interval, envelope

MOST_PIECES = 3


def spaces_drawn(found: SlotSearch, site: SiteSlots, when: When) -> tuple[SpaceSlots, ...]:
    """Return the site's spaces, each of which no half-day is free with its free pieces instead.

    No query. Only for one day of which no part and no hours were asked.
    """
    if when.part or when.hours is not None or len(when.days) > 1:
        return site.spaces
    return tuple(one if one.is_free else in_pieces(found, one, when) for one in site.spaces)


def in_pieces(found: SlotSearch, full: SpaceSlots, when: When) -> SpaceSlots:
    """Return the space with its longest free pieces as slots, or as it is when it has none."""
    pieces = list(free_pieces(found, full.space, when))
    longest = sorted(pieces, key=lambda one: -one.span.length)[:MOST_PIECES]
    slots = tuple(sorted(longest, key=lambda one: one.span.starts_at))
    return replace(full, slots=slots or full.slots)


def free_pieces(found: SlotSearch, space: SpaceRow, when: When) -> Iterator[Slot]:
    """Yield the stretches of the day over which the wish fits, cut at the longest allowed."""
    until = last_bookable(space.advance_days, space.site.zone, found.now)
    wanted = space.units_for(found.search.people)
    for hours in bookable_times(found.openings, space, when.days[0], found.now):
        for stretch in free_stretches(found, space, hours, wanted):
            for piece in cut(stretch, space):
                if piece.ends_at <= until:
                    free = found.occupancy.units_free(space, [piece])
                    yield Slot(Part.HOURS, (piece,), free, wanted)


def free_stretches(
    found: SlotSearch, space: SpaceRow, hours: Interval, wanted: int
) -> Iterator[Interval]:
    """Yield from when until when enough units are free; of numbered ones, the same throughout."""
    levels = found.occupancy.levels(space, hours)
    for has_room, run in groupby(levels, key=lambda one: one[1] >= wanted):
        parts = [part for part, _free in run]
        whole = envelope(parts)
        if has_room:
            fits = found.occupancy.units_free(space, [whole]) >= wanted
            yield from [whole] if fits else parts


def cut(stretch: Interval, space: SpaceRow) -> Iterable[Interval]:
    """Yield pieces of `stretch` that the space is given for, the longest first."""
    longest = timedelta(minutes=space.max_minutes)
    starts_at = stretch.starts_at
    while starts_at < stretch.ends_at:
        piece = Interval(starts_at, min(starts_at + longest, stretch.ends_at))
        if piece.length >= timedelta(minutes=space.min_minutes):
            yield piece
        starts_at = piece.ends_at
