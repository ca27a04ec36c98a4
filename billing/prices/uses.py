"""A use cut in quarters of an hour, each of them peak or not by the site's clocks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from billing.prices.cheapest import Quarter
from billing.prices.durations import QUARTER
from sites.clocks import ends_after
from sites.intervals import Interval, merged


def quarters(
    intervals: Iterable[Interval], off_peak: Sequence[tuple[int, time, time]], zone: ZoneInfo
) -> list[Quarter]:
    """Return the quarters of some times, sorted; those that overlap are counted once.

    `off_peak`: hours of a weekday (0 is Monday) by the clocks of `zone`; an end at 00:00 is the
    day's. A quarter is off peak when it begins in such hours.
    """
    return [
        quarter(instant, off_peak, zone)
        for interval in merged(intervals)
        for instant in instants(interval)
    ]


def instants(interval: Interval) -> Iterator[datetime]:
    """Yield when each quarter of an interval begins; one that is begun counts."""
    instant = interval.starts_at
    while instant < interval.ends_at:
        yield instant
        instant += QUARTER


def quarter(
    instant: datetime, off_peak: Sequence[tuple[int, time, time]], zone: ZoneInfo
) -> Quarter:
    """Return the quarter that begins at an instant."""
    local = instant.astimezone(zone)
    clock = local.time()
    is_calm = any(
        weekday == local.weekday() and starts <= clock and ends_after(ends, clock)
        for weekday, starts, ends in off_peak
    )
    return Quarter(instant, local.date(), is_calm)
