"""Instants as calendars tell them."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bookings.calendars.timezones import vtimezone
from sites.intervals import Interval

Clocks = tuple[datetime, datetime, time, time, tzinfo | None, timedelta]


def local(interval: Interval, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end by the clocks of `zone`, or in UTC where one cannot be told for sure.

    In the hour that clocks show twice, a calendar would be read as meaning the first one; and a
    zone without yearly rules is read differently by different programs (Casablanca's: measured).
    RFC 5545 §3.6.1 wants both told in the same way.
    """
    starts, ends = interval.starts_at.astimezone(zone), interval.ends_at.astimezone(zone)
    if starts.fold or ends.fold or vtimezone(zone) is None:
        return interval.starts_at.astimezone(UTC), interval.ends_at.astimezone(UTC)
    return starts, ends


def by_clocks(interval: Interval, zone: ZoneInfo) -> Clocks:
    """Return start and end as they are told; then what those of one series have in common.

    Where clocks change in between, the same length ends at another hour, or the same hour comes
    after another length; calendars differ in which of the two a series keeps.
    """
    starts, ends = local(interval, zone)
    return starts, ends, starts.time(), ends.time(), starts.tzinfo, interval.length


def is_skipped(clock: datetime) -> bool:
    """Tell whether clocks never show this local time, for they are put forward over it."""
    back = clock.astimezone(UTC).astimezone(clock.tzinfo)
    return back.replace(tzinfo=None) != clock.replace(tzinfo=None)
