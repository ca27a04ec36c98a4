"""Hours of a day as clocks read them. An end at 00:00 is the end of that day: 24:00."""

from collections.abc import Iterable
from datetime import time

MIDNIGHT = time(0)


def ends_after(end: time, instant: time) -> bool:
    """Tell whether something that ends at `end` goes on after `instant`."""
    return end == MIDNIGHT or end > instant


def end_text(end: time) -> str:
    """Return "18:30", or "24:00" for the end of the day."""
    return "24:00" if end == MIDNIGHT else f"{end:%H:%M}"


def joined_hours(hours: Iterable[tuple[time, time]]) -> list[tuple[time, time]]:
    """Return the hours of a day, sorted, those that touch or overlap as one.

    >>> joined_hours([(time(12), time(18)), (time(8), time(12))])
    [(datetime.time(8, 0), datetime.time(18, 0))]
    """
    joined: list[tuple[time, time]] = []
    for opens_at, closes_at in sorted(hours):
        if joined and (opens_at == joined[-1][1] or ends_after(joined[-1][1], opens_at)):
            opened_at, end = joined.pop()
            later = end if end == MIDNIGHT or not ends_after(closes_at, end) else closes_at
            joined.append((opened_at, later))
        else:
            joined.append((opens_at, closes_at))
    return joined
