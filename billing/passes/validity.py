"""Until when a pass holds. Pure."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sites.rules import local_day


def last_day(bought_on: date, months: int) -> date:
    """Return the last day of a pass: the same date so many months later, or that month's last day.

    Source: code de procédure civile, article 641, for periods that are told in months.

    >>> last_day(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    later, month = divmod(bought_on.month - 1 + months, 12)
    year, month = bought_on.year + later, month + 1
    return date(year, month, min(bought_on.day, monthrange(year, month)[1]))


def valid_until(now: datetime, months: int, zone: ZoneInfo) -> datetime:
    """Return when a pass bought now ends: with its last day, by the clocks of `zone`."""
    return local_day(last_day(now.astimezone(zone).date(), months), zone).ends_at
