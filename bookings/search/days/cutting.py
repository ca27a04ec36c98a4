"""The open time of one space, cut into pieces that can be booked as they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bookings.rules import GRID
from bookings.search.availability import Occupancy
from bookings.search.candidates import SpaceRow
from bookings.search.parts import longest_time, short_time, shortest_time
from sites.intervals import Interval

#: A space given for no more than this is offered by the hour: nobody takes a booth for four.
BRIEF = timedelta(hours=4)
#: Of a pool, a shorter time with one more or less is told with what is beside it.
SLIVER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of open time. `wish` is what can be booked there, None where nothing can.

    It is the piece itself, or as much around it as the space is given for at least. `units_free`
    are free over the whole wish, or over the piece.
    """

    interval: Interval
    units_free: int
    wish: Interval | None = None


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts the time of a space for a wish of so many units."""

    space: SpaceRow
    occupancy: Occupancy
    units_wanted: int

    def pieces(self, hours: Interval) -> Iterator[Piece]:
        """Yield the pieces of open hours that are on the grid and not over, side by side.

        Each has as many units free throughout.
        """
        return self._cut(hours, self._are_alike)

    def stretches(self, hours: Interval) -> Iterator[Piece]:
        """Yield the same, as long as there is room for the wish, whatever else is free."""
        return self._cut(hours, self._have_room)

    def _cut(
        self, hours: Interval, are_one: Callable[[Interval, Interval], bool]
    ) -> Iterator[Piece]:
        for run in self._runs(hours, are_one):
            free = self._free(run)
            if free < self.units_wanted:
                yield Piece(run, free)
                continue
            for part in sliced(run, self.longest):
                wish = self._wish_around(part, hours)
                yield Piece(part, self._free(wish or part), wish)

    @property
    def least(self) -> timedelta:
        """Return the shortest time that can be booked on the grid."""
        return shortest_time(self.space)

    @property
    def most(self) -> timedelta:
        """Return the longest time that can be booked on the grid."""
        return longest_time(self.space)

    @property
    def longest(self) -> timedelta:
        """Return how long a piece is at most."""
        return self.most if self.most > BRIEF else short_time(self.space)

    def _free(self, interval: Interval) -> int:
        return self.occupancy.units_free(self.space, [interval])

    def _runs(
        self, hours: Interval, are_one: Callable[[Interval, Interval], bool]
    ) -> list[Interval]:
        """Return the hours cut where units are taken or left, unless both sides are one."""
        runs: list[Interval] = []
        for part in self.occupancy.parts(self.space, hours):
            if runs and are_one(runs[-1], part):
                part = Interval(runs.pop().starts_at, part.ends_at)
            runs.append(part)
        return runs

    def _have_room(self, before: Interval, after: Interval) -> bool:
        """Tell whether the wish fits in both of two parts that touch, on the same units."""
        return self._free(Interval(before.starts_at, after.ends_at)) >= self.units_wanted

    def _are_alike(self, before: Interval, after: Interval) -> bool:
        """Tell whether two parts that touch have the same units free, or one is a sliver."""
        both = self._free(Interval(before.starts_at, after.ends_at))
        if self._free(before) == self._free(after) == both:
            return True
        is_brief = min(before.length, after.length) < max(self.least, SLIVER)
        return is_brief and both >= self.units_wanted

    def _wish_around(self, part: Interval, hours: Interval) -> Interval | None:
        """Return the part if it is long enough, else the shortest wish that holds it."""
        if self.least > self.most:
            return None
        if part.length >= self.least:
            return part
        starts_at = part.starts_at
        while starts_at >= max(hours.starts_at, part.ends_at - self.least):
            wish = Interval(starts_at, starts_at + self.least)
            if hours.covers(wish) and self._free(wish) >= self.units_wanted:
                return wish
            starts_at -= GRID
        return None


def sliced(run: Interval, length: timedelta) -> Iterator[Interval]:
    """Yield the run whole if it is no longer than `length`, else cut, where it can on the hour."""
    if run.length <= length:
        yield run
        return
    past_hour = timedelta(minutes=run.starts_at.minute)
    starts_at, ends_at = run.starts_at, run.starts_at - past_hour % length + length
    while starts_at < run.ends_at:
        yield Interval(starts_at, min(ends_at, run.ends_at))
        starts_at, ends_at = ends_at, ends_at + length
