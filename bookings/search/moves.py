"""Where a booking could go instead of a change that cannot be had: other hours, days and sites."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bookings.models import Booking
from bookings.rules import GRID, MOST_INTERVALS, days_of
from bookings.search.availability import Occupancy, Offer, load_occupancy, seconds
from bookings.search.candidates import Search, SpaceRow, find_candidates
from bookings.search.parts import bookable_times
from bookings.search.previews import MENDED_ELSEWHERE, MENDED_HERE, others_for
from bookings.search.repeats import Agenda, agenda_of, later
from bookings.search.where.elsewhere import Elsewhere, admitted_in, offer_of
from bookings.wishes import Wish
from network.errors import Refusal
from sites.intervals import Interval
from sites.openings import load_openings
from sites.reopening import DAYS_AHEAD
from sites.rules import local_day, split_at_midnights

#: So many other hours of a day are told of each space, and so many other days.
MOST_HOURS, MOST_DAYS = 3, 4
Times = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A space of the booking's site that has room: `times` are all that it would have there.

    `fresh` are those of the day that cannot be as wished.
    """

    offer: Offer
    times: Times
    fresh: Times

    @property
    def space(self) -> SpaceRow:
        """Return the space that has room; it knows its site."""
        return self.offer.space


@dataclass(frozen=True)
class Instead:
    """Where a booking could go when it cannot be as wished.

    `fault` is the day of it that cannot be, when it is known which; `is_sought` tells that other
    hours and days were looked for here.
    """

    hours: list[Move] = field(default_factory=list)
    days: list[Move] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    fault: date | None = None
    is_sought: bool = False

    @property
    def is_found(self) -> bool:
        """Tell whether there is anything to move to."""
        return bool(self.hours or self.days or self.elsewhere)

    @property
    def keeps_others(self) -> bool:
        """Tell whether there are moves of one day here, of a booking of several."""
        return any(one.times != one.fresh for one in (*self.hours, *self.days))


@dataclass(frozen=True)
class Fault:
    """The day of a wish that cannot be had: its times, and those of the other days."""

    day: date
    times: Times
    others: Times


def instead_of(booking: Booking, wish: Wish, refusal: Refusal, now: datetime) -> Instead:
    """Return where the booking could go instead of a refused change, as if it were given back.

    Eleven queries at most.
    """
    if not isinstance(refusal, MENDED_HERE):
        return Instead()
    agenda = agenda_of(booking.person, now, booking)
    is_mended_elsewhere = isinstance(refusal, MENDED_ELSEWHERE)
    elsewhere = others_for(booking.space, wish, agenda) if is_mended_elsewhere else []
    by_day = times_by_day(wish, booking.site.zone)
    if len(by_day) > MOST_INTERVALS:
        return Instead(elsewhere=elsewhere)
    here = Here(booking, wish, agenda, list(by_day))
    fault = here.fault_of(by_day)
    if fault is None:
        return Instead(elsewhere=elsewhere)
    return Instead(here.hours(fault), here.days(fault), elsewhere, fault.day, is_sought=True)


def times_by_day(wish: Wish, zone: ZoneInfo) -> dict[date, list[Interval]]:
    """Return the wish's times by local days, cut at midnights."""
    parts = [part for one in wish.intervals for part in split_at_midnights(one, zone)]
    return days_of(sorted(parts), zone)


class Here:
    """The spaces of a booking's site and kind, as if it were given up: five queries."""

    def __init__(
        self, booking: Booking, wish: Wish, agenda: Agenda, wished: Sequence[date]
    ) -> None:
        self.booking, self.agenda, self.zone = booking, agenda, booking.site.zone
        self.held = tuple(sorted({one.interval for one in booking.allocations.all()}))
        kinds = (booking.space.kind,)
        self.search = Search(kinds=kinds, site=booking.site.slug, people=wish.people)
        spaces = find_candidates(self.search)
        #: The booking's own space first.
        self.spaces = sorted(
            spaces, key=lambda one: (one.id != booking.space_id, one.position, one.id)
        )
        days = {day for one in wished for day in self.following(one)}
        self.openings = load_openings({one.site for one in spaces}, min(days), max(days))
        windows = [local_day(day, self.zone) for day in days]
        self.taken = without(load_occupancy(spaces, windows, agenda.now), booking)

    def following(self, day: date) -> list[date]:
        """Return that day, or today for one that is over, and the days after it."""
        first = max(day, self.agenda.now.astimezone(self.zone).date())
        return [first + timedelta(days=number) for number in range(DAYS_AHEAD + 1)]

    def offer(self, space: SpaceRow, times: Sequence[Interval]) -> Offer | None:
        """Return the space if the booking could have those times there."""
        if not self.agenda.has_room(space.kind, times):
            return None
        for parts in admitted_in([space], times, self.agenda.now).values():
            return offer_of(self.search, space, parts, self.openings, self.taken)
        return None

    def move(self, space: SpaceRow, fresh: Times, others: Times) -> Move | None:
        """Return the move to those times, unless it cannot be or is where the booking is now."""
        times = tuple(sorted([*fresh, *others]))
        if space.id == self.booking.space_id and times == self.held:
            return None
        offer = self.offer(space, times)
        return Move(offer, times, fresh) if offer else None

    def fault_of(self, by_day: dict[date, list[Interval]]) -> Fault | None:
        """Return which day cannot be had in the booking's own space; none when several cannot."""
        own = [one for one in self.spaces if one.id == self.booking.space_id]
        lone = len(by_day) == 1
        faults = [
            day
            for day, times in by_day.items()
            if lone or not any(self.offer(one, times) for one in own)
        ]
        if len(faults) != 1:
            return None
        others = (one for day, times in by_day.items() if day != faults[0] for one in times)
        return Fault(faults[0], tuple(by_day[faults[0]]), tuple(others))

    def days(self, fault: Fault) -> list[Move]:
        """Return the next days on which the same hours can be had, each in the first such space."""
        busy = {one.starts_at.astimezone(self.zone).date() for one in fault.others}
        days = (one for one in self.following(fault.day)[1:] if one not in busy)
        return list(islice(filter(None, (self.on_day(one, fault) for one in days)), MOST_DAYS))

    def on_day(self, day: date, fault: Fault) -> Move | None:
        """Return the move to the same hours of that day, in the first space that has room."""
        times = later(fault.times, day - fault.day, self.zone)
        moves = (self.move(one, times, fault.others) for one in self.spaces)
        return next(filter(None, moves), None)

    def hours(self, fault: Fault) -> list[Move]:
        """Return other hours of that day, of one time; as long as it was, if not as wished."""
        if len(fault.times) > 1:
            return []
        lengths = [fault.times[0].length]
        if len(self.held) == 1 and not fault.others:
            lengths.append(self.held[0].length)
        for length in lengths:
            moves = [move for one in self.spaces for move in self.nearest(one, length, fault)]
            if moves:
                return moves
        return []

    def nearest(self, space: SpaceRow, length: timedelta, fault: Fault) -> list[Move]:
        """Return the free times of that length nearest to the one wished, in order."""
        times = self.free_times(space, length, fault)
        moves = (self.move(space, (time,), fault.others) for time in times)
        return sorted(islice(filter(None, moves), MOST_HOURS), key=lambda one: one.fresh)

    def free_times(self, space: SpaceRow, length: timedelta, fault: Fault) -> Iterator[Interval]:
        """Yield the free times of that length, side by side, the nearest to the wish first."""
        day = self.following(fault.day)[0]
        wished = later(fault.times, day - fault.day, self.zone)[0].starts_at
        told: list[Interval] = []
        starts = self.starts(space, day, length)
        for start in sorted(starts, key=lambda one: (abs(one - wished), one)):
            time = Interval(start, start + length)
            if not any(map(time.overlaps, told)) and self.offer(space, [time]):
                told.append(time)
                yield time

    def starts(self, space: SpaceRow, day: date, length: timedelta) -> Iterator[datetime]:
        """Yield the quarters of an hour at which so long a time can begin."""
        for hours in bookable_times(self.openings, space, day, self.agenda.now):
            start = hours.starts_at
            while start + length <= hours.ends_at:
                yield start
                start += GRID


def without(occupancy: Occupancy, booking: Booking) -> Occupancy:
    """Return what is taken, as if the booking were given up."""
    own = {(one.space_id, one.unit_id, *seconds(one.interval)) for one in booking.allocations.all()}
    return Occupancy(row for rows in occupancy.by_space.values() for row in rows if row not in own)
