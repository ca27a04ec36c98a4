"""Instants as calendars tell them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bookings.calendars.timezones import vtimezone


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return `instant` by the clocks of `zone`, or in UTC where these cannot be told for sure.

    In the hour that clocks show twice, a calendar would be read as meaning the first one; and a
    zone without yearly rules is read differently by different programs (Casablanca's: measured).
    """
    by_clocks = instant.astimezone(zone)
    if by_clocks.fold or vtimezone(zone) is None:
        return instant.astimezone(UTC)
    return by_clocks
