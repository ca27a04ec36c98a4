"""How slots, opening hours and days of a timeline are said and addressed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.search.parts import Part
from bookings.search.slots import Slot
from bookings.search.timelines import Lane
from bookings.wishes import interval_text
from sites.intervals import Interval
from sites.templatetags.when import clock_time, day_words, end_time, hours

register = template.Library()


@register.simple_tag
def book_url(space_id: int, intervals: Iterable[Interval], zone: ZoneInfo, people: int = 1) -> str:
    """Return the address where those times of a space are booked."""
    query: list[tuple[str, str | int]] = [("at", interval_text(one, zone)) for one in intervals]
    if people > 1:
        query.append(("people", people))
    return f"{reverse('book', args=[space_id])}?{urlencode(query)}"


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
    days = {one.starts_at.astimezone(zone).date() for one in slot.intervals}
    if len(days) > 1:
        return _("%(part)s, %(days)d days") % {
            "part": Part(slot.part).label,
            "days": len(days),
        }
    if slot.part == Part.DAY:
        return str(Part.DAY.label)
    return hours(slot.span, zone)


@register.filter
def hours_list(intervals: Iterable[Interval], zone: ZoneInfo) -> str:
    """Return "8 h 30 – 12 h, 14 h – 18 h", or nothing."""
    return ", ".join(hours(one, zone) for one in intervals)


@register.filter
def lane_parts(lane: Lane) -> list[dict[str, Any]]:
    """Return the taken and closed parts of a timeline's bar, in percent."""
    states = {"taken": lane.taken, "closed": lane.closed}
    parts = []
    for state, intervals in states.items():
        for interval in intervals:
            start, width = lane.percent(interval)
            parts.append({"state": state, "start": start, "width": width})
    return parts


@register.filter
def lane_free(lane: Lane, zone: ZoneInfo) -> list[str]:
    """Return the free times of a lane in words, with their number in a space of several units."""
    words = []
    for stretch in lane.free:
        text = hours(stretch.interval, zone)
        if lane.space.units > 1:
            text += " " + ngettext("(%(free)d free)", "(%(free)d free)", stretch.units_free) % {
                "free": stretch.units_free
            }
        words.append(text)
    return words


@register.simple_tag
def lane_hours(lane: Lane, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return the ends and the middle of a timeline's hours, with where they stand in percent."""
    window = lane.window
    middle = window.starts_at + window.length / 2
    middle = middle.replace(minute=0, second=0, microsecond=0)
    return [
        {
            "text": words(instant, zone),
            "at": lane.percent(Interval(instant, instant))[0],
        }
        for words, instant in (
            (clock_time, window.starts_at),
            (clock_time, middle),
            (end_time, window.ends_at),
        )
    ]


@register.filter
def local_date(interval: Interval, zone: ZoneInfo) -> str:
    """Return the local day on which `interval` starts, for an address ("2026-11-24")."""
    return interval.starts_at.astimezone(zone).date().isoformat()


@register.filter
def time_value(instant: datetime, zone: ZoneInfo) -> str:
    """Return what a time field holds ("09:30")."""
    return f"{instant.astimezone(zone):%H:%M}"


@register.filter(name="at")
def value_at(values: Mapping[Any, Any], key: object) -> Any:
    """Return the value of `key`, or nothing."""
    return values.get(key, "")


@register.simple_tag
def day_timeline(lanes: Sequence[Lane], zone: ZoneInfo) -> dict[str, Any]:
    """Return the lanes and hours of a day as the timeline draws them."""
    return {
        "lanes": [
            {
                "title": lane.space.name,
                "parts": lane_parts(lane),
                "free": lane_free(lane, zone),
            }
            for lane in lanes
        ],
        "hours": lane_hours(lanes[0], zone) if lanes else [],
    }
