"""Which units a wish gets. Pure: intervals in, unit ids out.

Units of a fungible space are interchangeable, so a wish fits if and only if fewer than N of the
N units are taken at every instant of it. When no single unit is free throughout, future
allocations are re-packed: giving each, by order of start, any unit that is free again never
needs more units than the most taken at once (interval partitioning, Kleinberg & Tardos,
Algorithm Design, §4.1). Started allocations do not move; all of them contain `now`, so they come
first in that order and the proof holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sites.intervals import Interval

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Taken:
    """An allocation that exists: who may not be met, and who may be moved."""

    id: int
    interval: Interval
    unit: int


@dataclass
class Placement:
    """What a wish gets: for each interval its units; the allocations moved and holds let go."""

    units: list[list[int]]
    moves: dict[int, int] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)


def peak(intervals: Sequence[Interval]) -> int:
    """Return the most intervals that share an instant."""
    return most_at_once([(one.starts_at, one.ends_at) for one in intervals])


def most_at_once(spans: Sequence[tuple[Any, Any]]) -> int:
    """Return the most spans (start, end), of any numbers or instants, that share a point."""
    if len(spans) <= 1:
        return len(spans)
    starts, ends = zip(*spans, strict=True)
    if max(starts) < min(ends):
        return len(spans)  # All share the instant at which the last one starts.
    # Ends sort before starts of the same instant: half-open spans do not meet.
    steps = [(start, 1) for start in starts] + [(end, -1) for end in ends]
    most = level = 0
    for _at, step in sorted(steps):
        level += step
        most = max(most, level)
    return most


def free_units(units: Sequence[int], taken: Sequence[Taken], wish: Interval) -> list[int]:
    """Return the units that nobody has at any instant of `wish`, in the order of `units`."""
    busy = {one.unit for one in taken if one.interval.overlaps(wish)}
    return [unit for unit in units if unit not in busy]


def place(
    units: Sequence[int], taken: Sequence[Taken], wishes: Sequence[Interval], count: int
) -> Placement | None:
    """Give each wish `count` units without moving anybody; None if one cannot be had.

    The same units over all wishes when there are enough such, else as few changes as come.
    """
    free = [free_units(units, taken, wish) for wish in wishes]
    if any(len(some) < count for some in free):
        return None
    always = [unit for unit in units if all(unit in some for some in free)]
    preferred = set(always[:count])
    return Placement(
        [sorted(some, key=lambda unit: unit not in preferred)[:count] for some in free]
    )


def repack(
    units: Sequence[int],
    taken: Sequence[Taken],
    wishes: Sequence[Interval],
    count: int,
    now: datetime,
) -> Placement | None:
    """Give each wish `count` units, moving allocations that have not started; None if full.

    `taken` must hold every allocation of those units on the days of the wishes.
    """
    fixed = [one for one in taken if one.interval.starts_at <= now]
    movable = [one for one in taken if one.interval.starts_at > now]
    free_from = dict.fromkeys(units, LONG_AGO)
    for one in fixed:
        free_from[one.unit] = max(free_from[one.unit], one.interval.ends_at)
    placement = Placement([[] for _ in wishes])
    for interval, origin in sorted(pieces(movable, wishes, count), key=lambda piece: piece[0]):
        unit = pick(free_from, interval.starts_at, origin)
        if unit is None:
            return None
        free_from[unit] = interval.ends_at
        if isinstance(origin, Taken):
            if unit != origin.unit:
                placement.moves[origin.id] = unit
        else:
            placement.units[origin].append(unit)
    return placement


def pieces(
    movable: Sequence[Taken], wishes: Sequence[Interval], count: int
) -> Iterator[tuple[Interval, Taken | int]]:
    """Yield every interval to pack, with the allocation or the wish's index it is for."""
    yield from ((one.interval, one) for one in movable)
    yield from ((wish, index) for index, wish in enumerate(wishes) for _ in range(count))


def pick(free_from: dict[int, datetime], start: datetime, origin: Taken | int) -> int | None:
    """Return a unit free at `start`: the one it has if it can stay, else the tightest fit."""
    if isinstance(origin, Taken) and free_from[origin.unit] <= start:
        return origin.unit
    free = [unit for unit, since in free_from.items() if since <= start]
    return max(free, key=lambda unit: free_from[unit], default=None)
