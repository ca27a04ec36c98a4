"""A month of the calendar, by the network's clocks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings

from billing.prices.durations import first_after_month
from sites.intervals import Interval
from sites.rules import local_day


@dataclass(frozen=True, order=True)
class Month:
    """A month, known by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that a day is in."""
        return cls(day.replace(day=1))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the month that "2026-11" names. Raises ValueError."""
        if len(text) != len("2026-11"):
            raise ValueError(text)
        return cls(date.fromisoformat(f"{text}-01"))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def following(self) -> "Month":
        """Return the month after."""
        return Month(first_after_month(self.first))

    @property
    def before(self) -> "Month":
        """Return the month before."""
        return Month.of(self.first - timedelta(days=1))

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.following.first - timedelta(days=1)

    @property
    def interval(self) -> Interval:
        """Return from the first midnight until the one after its last day."""
        return Interval(day_of(self.first).starts_at, day_of(self.following.first).starts_at)


def day_of(day: date) -> Interval:
    """Return a day by the network's clocks."""
    return local_day(day, ZoneInfo(settings.TIME_ZONE))
