"""How slots and opening hours are said and addressed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bookings.search.parts import Part
from bookings.search.slots import Slot
from bookings.wishes import interval_text
from network.hrefs import address_of
from network.wording import worded_once
from sites.intervals import Interval, envelope
from sites.templatetags.when import day_words, hours

register = template.Library()


@register.simple_tag
def book_url(space_id: int, intervals: Iterable[Interval], zone: ZoneInfo, people: int = 1) -> str:
    """Return the address where those times of a space are booked."""
    return f"{address_of('book', space_id)}?{book_query(intervals, zone, people)}"


def book_query(intervals: Iterable[Interval], zone: ZoneInfo, people: int = 1) -> str:
    """Return what follows the address of a space's check page: which times, and for how many."""
    return query_of(tuple(intervals), zone, people)


# Few of the times that a page offers differ, whatever the spaces.
@lru_cache(maxsize=1024)
def query_of(intervals: tuple[Interval, ...], zone: ZoneInfo, people: int) -> str:
    """Return the same of times in their order."""
    query: list[tuple[str, str | int]] = [("at", interval_text(one, zone)) for one in intervals]
    if people > 1:
        query.append(("people", people))
    return urlencode(query)


@register.simple_tag
def with_query(query: QueryDict, **changes: object) -> str:
    """Return the address's query with some values replaced."""
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = str(value)
    return f"?{changed.urlencode()}"


@register.filter
def local_day_words(instant: datetime, zone: ZoneInfo) -> str:
    """Return "mardi 24 novembre", the day that `instant` is in `zone`."""
    return day_words(instant.astimezone(zone).date())


@register.filter
def slot_words(slot: Slot, zone: ZoneInfo) -> str:
    """Return "8 h – 13 h", "Journée" or, over several days, "3 matins"."""
    return times_words(slot.part, slot.intervals, zone)


@worded_once
def times_words(part: Part, times: tuple[Interval, ...], zone: ZoneInfo) -> str:
    """Return the same of a part of some days."""
    days = {one.starts_at.astimezone(zone).date() for one in times}
    if len(days) > 1:
        return _("%(part)s, %(days)d days") % {"part": Part(part).label, "days": len(days)}
    return str(Part.DAY.label) if part == Part.DAY else hours(envelope(times), zone)


@register.filter
def hours_list(intervals: Iterable[Interval], zone: ZoneInfo) -> str:
    """Return "8 h 30 – 12 h, 14 h – 18 h", or nothing."""
    return ", ".join(hours(one, zone) for one in intervals)


@register.filter
def local_date(interval: Interval, zone: ZoneInfo) -> str:
    """Return the local day on which `interval` starts, for an address ("2026-11-24")."""
    return interval.starts_at.astimezone(zone).date().isoformat()


@register.filter(name="at")
def value_at(values: Mapping[Any, Any], key: object) -> Any:
    """Return the value of `key`, or nothing."""
    return values.get(key, "")
