"""A day of a site's spaces, quarter by quarter: what can be booked, and why the rest cannot.

What is taken never says by whom.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bookings.rules import last_bookable
from bookings.search.candidates import SpaceRow
from bookings.search.days.cutting import Cutter, Piece
from bookings.search.parts import bookable_times, on_grid
from bookings.search.slots import SlotSearch
from sites.intervals import Interval, envelope
from sites.models import Closure
from sites.rules import clipped, local_span, minus

HOUR = timedelta(hours=1)
#: A break of the opening hours that meets these is told as lunch.
LUNCH = (time(12), time(14))


class State(StrEnum):
    """What a stretch of the day is to somebody who wants it."""

    FREE = "free"
    TAKEN = "taken"
    TOO_SHORT = "too_short"
    TOO_FAR = "too_far"
    OVER = "over"
    LUNCH = "lunch"
    CLOSED = "closed"


#: The states of time that somebody has, could have or could have had.
STILL_TO_COME = {State.FREE, State.TAKEN, State.TOO_SHORT}


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a space's day. Where it is free, `wish` is what a press on it books.

    `reason` is why it is closed, in the words of the site.
    """

    interval: Interval
    state: State
    units_free: int = 0
    wish: Interval | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One space over the hours of the grid: cells side by side, without a gap."""

    space: SpaceRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DayGrid:
    """The spaces of a site over the whole hours in which it opens that day."""

    window: Interval
    rows: tuple[Row, ...]

    @property
    def is_free(self) -> bool:
        """Tell whether something can be booked."""
        return State.FREE in self._states()

    @property
    def is_over(self) -> bool:
        """Tell whether all of it has passed."""
        return State.OVER in self._states() and not self._states() & STILL_TO_COME

    @property
    def is_too_far(self) -> bool:
        """Tell whether none of it is given yet."""
        return State.TOO_FAR in self._states() and not self._states() & STILL_TO_COME

    @property
    def full_kinds(self) -> list[str]:
        """Return the kinds of space that are full."""
        kinds = dict.fromkeys(row.space.kind for row in self.rows)
        return [kind for kind in kinds if self._of_kind(kind).is_full]

    @property
    def is_full(self) -> bool:
        """Tell whether others have all that could still have been booked."""
        return State.TAKEN in self._states() and not self.is_free

    def _of_kind(self, kind: str) -> "DayGrid":
        return replace(self, rows=tuple(row for row in self.rows if row.space.kind == kind))

    def _states(self) -> set[State]:
        return {cell.state for row in self.rows for cell in row.cells}


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one space: those of an ordinary day, those of this one, what is left of them."""

    window: Interval
    scheduled: Sequence[Interval]
    opening: Sequence[Interval]
    left: Sequence[Interval]
    closures: Sequence[Closure]
    is_too_far: bool


def day_grid(found: SlotSearch, day: date) -> DayGrid | None:
    """Return the grid of the site of a search of one site, None when it does not open on `day`."""
    for site, spaces in found.spaces_of.items():
        if not found.openings.open_intervals(site, day):
            return None
        window = whole_hours(envelope(found.openings.scheduled(site, day)), site.zone)
        occupancy = found.occupancy.during(window)
        return DayGrid(
            window,
            tuple(
                row(
                    Cutter(space, occupancy, space.units_for(found.search.people)),
                    hours_of(found, space, day, window),
                )
                for space in spaces
            ),
        )
    return None


def whole_hours(span: Interval, zone: ZoneInfo) -> Interval:
    """Return `span` widened to full hours of the clocks of `zone`."""
    before = timedelta(minutes=span.starts_at.astimezone(zone).minute)
    beyond = timedelta(minutes=span.ends_at.astimezone(zone).minute)
    return Interval(span.starts_at - before, span.ends_at + (-beyond % HOUR))


def hours_of(found: SlotSearch, space: SpaceRow, day: date, window: Interval) -> Hours:
    """Return the hours of a space on `day`, all on the grid."""
    site, openings = space.site, found.openings
    opening = openings.open_intervals(site, day, space.id)
    until = last_bookable(space.advance_days, site.zone, found.now)
    is_too_far = window.ends_at > until
    return Hours(
        window=window,
        scheduled=on_grid(openings.scheduled(site, day)),
        opening=on_grid(opening),
        left=[] if is_too_far else bookable_times(openings, space, day, found.now),
        closures=[
            one for one in openings.closures.get(site.id, ()) if one.space_id in (None, space.id)
        ],
        is_too_far=is_too_far,
    )


def row(cutter: Cutter, hours: Hours) -> Row:
    """Return the cells of one space."""
    cells = [cell(piece, cutter) for one in hours.left for piece in cutter.pieces(one)]
    cells += gone_cells(hours)
    cells += closed_cells(hours, cutter.space.site.zone)
    return Row(cutter.space, tuple(sorted(cells, key=lambda one: one.interval)))


def cell(piece: Piece, cutter: Cutter) -> Cell:
    """Return the cell of a stretch of open time."""
    state = State.FREE if piece.wish else State.TOO_SHORT
    if piece.units_free < cutter.units_wanted:
        state = State.TAKEN
    return Cell(piece.interval, state, piece.units_free, piece.wish)


def gone_cells(hours: Hours) -> Iterator[Cell]:
    """Yield the open time that is over, or not yet given."""
    state = State.TOO_FAR if hours.is_too_far else State.OVER
    yield from (Cell(one, state) for one in minus(hours.opening, hours.left))


def closed_cells(hours: Hours, zone: ZoneInfo) -> Iterator[Cell]:
    """Yield the time when the space is shut, and why."""
    for shut in minus([hours.window], hours.opening):
        for one in clipped(hours.scheduled, shut):
            yield Cell(one, State.CLOSED, reason=why(hours.closures, one))
        for one in minus([shut], hours.scheduled):
            yield Cell(one, State.LUNCH if is_lunch(one, hours, zone) else State.CLOSED)


def why(closures: Iterable[Closure], shut: Interval) -> str:
    """Return the reasons of the closures that a time meets."""
    reasons = (one.reason for one in closures if one.interval.overlaps(shut))
    return ", ".join(dict.fromkeys(reasons))


def is_lunch(gap: Interval, hours: Hours, zone: ZoneInfo) -> bool:
    """Tell whether a gap between the hours of an ordinary day is about noon."""
    is_break = hours.scheduled[0] < gap < hours.scheduled[-1]
    noon = local_span(gap.starts_at.astimezone(zone).date(), *LUNCH, zone)
    return is_break and gap.overlaps(noon)
