"""The durations that a grid has prices for, and what each of them covers."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The grid of bookings: a price of an hour is charged by quarters.
QUARTER = timedelta(minutes=15)
QUARTERS_OF_AN_HOUR = 4
#: Uses that follow each other within so long are one half-day: an afternoon until seven is.
HALF_DAY = timedelta(hours=6)
DAYS_OF_A_WEEK = 7


class Duration(models.TextChoices):
    """What is sold at a price of its own."""

    HOUR = "hour", _("Hour")
    HALF_DAY = "half_day", _("Half-day")
    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")


def first_after_week(day: date) -> date:
    """Return the first day that a week from `day` on does not cover."""
    return day + timedelta(days=DAYS_OF_A_WEEK)


def first_after_month(day: date) -> date:
    """Return the first day that a month from `day` on does not cover: the same date of the next.

    A date that the next month lacks is its last day plus one: from 31 January until 1 March.
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    if day.day > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1]) + timedelta(days=1)
    return date(year, month, day.day)
