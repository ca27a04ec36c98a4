"""Times, durations and distances in words, as readers of the active language write them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from network.templatetags.dates import (
    GLUE,
    JOINT,
    clock,
    day_number,
    day_of_week,
    hour_range,
    is_french,
    is_german,
    plain_day,
)
from network.wording import worded_once
from sites.intervals import Interval
from sites.models import Site

register = template.Library()

Zone = ZoneInfo | Site | str
#: Nearer than this the place asked for is not precise enough to tell metres.
NEAR_M = 100


def zone_of(zone: Zone) -> ZoneInfo:
    """Return the time zone that a site, a name or a zone stands for."""
    if isinstance(zone, Site):
        return zone.zone
    return ZoneInfo(zone) if isinstance(zone, str) else zone


@register.filter
def clock_time(instant: datetime, zone: Zone) -> str:
    """Return the time of day that clocks of `zone` read at `instant`."""
    local = instant.astimezone(zone_of(zone))
    return clock(local.hour, local.minute)


@register.filter
def day_words(day: date) -> str:
    """Return "mardi 24 novembre", "Dienstag, 24. November" or "Tuesday 24 November".

    A datetime counts as the day it is in its own zone.
    """
    return words_of_day(plain_day(day))


@worded_once
def words_of_day(day: date) -> str:
    """Return the same of a plain day."""
    return f"{day_of_week(day)} {date_format(day, 'F')}"


@register.filter
def day_words_short(day: date) -> str:
    """Return "mar. 24 nov."; in German "Di., 24. Nov."; in English "Tue 24 Nov."."""
    return short_words_of_day(plain_day(day))


@worded_once
def short_words_of_day(day: date) -> str:
    """Return the same of a plain day."""
    if not is_french():
        return date_format(day, "D., j. N" if is_german() else "D j N")
    return f"{date_format(day, 'D')}. {day_number(day)} {date_format(day, 'N')}"


@register.filter
def day_words_long(day: date) -> str:
    """Return "mardi 24 novembre 2026"."""
    return f"{day_words(day)} {day.year}"


def local_days(interval: Interval, zone: Zone) -> tuple[date, date]:
    """Return the local days on which `interval` starts and has its last instant."""
    tz = zone_of(zone)
    last_instant = interval.ends_at - timedelta(microseconds=1)
    return interval.starts_at.astimezone(tz).date(), last_instant.astimezone(tz).date()


def end_time(instant: datetime, zone: Zone) -> str:
    """Return the time of day of an end; midnight is the 24th hour of the day it ends."""
    local = instant.astimezone(zone_of(zone))
    return clock(local.hour or (0 if local.minute else 24), local.minute)


@register.filter
def hours(interval: Interval, zone: Zone) -> str:
    """Return "9 h – 12 h 30" or "9–12:30 Uhr", by the clocks of `zone`."""
    return hours_by(interval, zone_of(zone))


@worded_once
def hours_by(interval: Interval, clocks: ZoneInfo) -> str:
    """Return the same by the clocks of a zone."""
    return hour_range(clock_time(interval.starts_at, clocks), end_time(interval.ends_at, clocks))


def told(interval: Interval, zone: Zone, day_text: Callable[[date], str]) -> str:
    """Return `interval` by the clocks of `zone`, its day (or both) as `day_text` tells it."""
    first, last = local_days(interval, zone)
    if first == last:
        return f"{day_text(first)}, {hours(interval, zone)}"
    start = f"{day_text(first)}, {clock_time(interval.starts_at, zone)}"
    return f"{start}{JOINT}{day_text(last)}, {end_time(interval.ends_at, zone)}"


@register.filter
def when(interval: Interval, zone: Zone) -> str:
    """Return "mardi 24 novembre, 9 h – 12 h 30", by the clocks of `zone`."""
    return told(interval, zone, day_words)


@register.filter
def when_long(interval: Interval, zone: Zone) -> str:
    """Return "mardi 24 novembre 2026, 9 h – 12 h 30", by the clocks of `zone`."""
    return told(interval, zone, day_words_long)


@register.filter
def duration(length: int | timedelta) -> str:
    """Return a length, given in minutes or as a timedelta: "3 h 30", "2 h", "45 min".

    In German "3 Std. 30 Min.".
    """
    minutes = round(length.total_seconds() / 60) if isinstance(length, timedelta) else length
    whole, rest = divmod(minutes, 60)
    if is_german():
        parts = ((whole, "Std."), (rest, "Min."))
        return GLUE.join(f"{n}{GLUE}{unit}" for n, unit in parts if n) or f"0{GLUE}Min."
    if not whole:
        return f"{rest}{GLUE}min"
    return f"{whole}{GLUE}h{GLUE}{rest:02}" if rest else f"{whole}{GLUE}h"


def length_words(km: float) -> str:
    """Return "250 m", "3,4 km" or "12 km": no more digits than somebody on the road needs."""
    metres = round(km * 20) * 50
    if metres < 1000:
        return f"{metres}{GLUE}m"
    digits = 0 if km >= 10 or round(km, 1) == round(km) else 1
    return kilometres(round(km, digits), digits)


@worded_once
def kilometres(km: float, digits: int) -> str:
    """Return "3,4 km", with so many digits behind the comma."""
    return f"{number_format(km, digits, force_grouping=True)}{GLUE}km"


@register.filter
def distance(km: float) -> str:
    """Return how far a place is: "à 6 km", "à 250 m", "à moins de 100 m"."""
    if km * 1000 < NEAR_M:
        return _("less than %(length)s away") % {"length": f"{NEAR_M}{GLUE}m"}
    return _("%(length)s away") % {"length": length_words(km)}
