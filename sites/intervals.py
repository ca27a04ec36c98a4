"""Half-open intervals of time: one that ends at 10:00 does not meet one that starts at 10:00."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """From `starts_at` (included) to `ends_at` (excluded), both aware instants."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """Return the real time elapsed, also over a change of clocks."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: Self) -> bool:
        """Tell whether both share an instant."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def covers(self, other: Self) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def clipped_to(self, other: Self) -> "Interval | None":
        """Return the common part, if any."""
        starts_at = max(self.starts_at, other.starts_at)
        ends_at = min(self.ends_at, other.ends_at)
        return Interval(starts_at, ends_at) if starts_at < ends_at else None

    def without(self, other: Self) -> list["Interval"]:
        """Return what is left once `other` is taken out: none, one or two intervals."""
        if not self.overlaps(other):
            return [self]
        parts = [
            Interval(self.starts_at, max(self.starts_at, other.starts_at)),
            Interval(min(self.ends_at, other.ends_at), self.ends_at),
        ]
        return [part for part in parts if part.starts_at < part.ends_at]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same instants as sorted intervals that neither meet nor touch."""
    result: list[Interval] = []
    for interval in sorted(intervals):
        if result and interval.starts_at <= result[-1].ends_at:
            last = result.pop()
            interval = Interval(last.starts_at, max(last.ends_at, interval.ends_at))
        result.append(interval)
    return result


def envelope(intervals: Iterable[Interval]) -> Interval:
    """Return the smallest interval that covers all (at least one is needed)."""
    every = list(intervals)
    return Interval(
        min(interval.starts_at for interval in every), max(interval.ends_at for interval in every)
    )


def is_covered(wish: Interval, intervals: Iterable[Interval]) -> bool:
    """Tell whether one of `intervals` covers the whole of `wish`."""
    return any(one.covers(wish) for one in intervals)
