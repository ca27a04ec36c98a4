"""What is about to be booked, in words."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bookings.search.previews import Preview
from bookings.search.slots import SiteSlots
from bookings.templatetags.slots import local_date, local_day_words
from sites.intervals import Interval
from sites.models import Space

register = template.Library()


@register.filter
def preview_title(seen: Preview) -> str:
    """Return the title of the page: whether it can be had."""
    return _("This cannot be booked") if seen.refusal else _("Check and confirm")


@register.filter
def preview_units(seen: Preview) -> str:
    """Return the numbered units: "A1, A2", or "… A1 / A2" when they change, or nothing."""
    times = [", ".join(labels) for labels in seen.units]
    if not seen.is_split:
        return times[0] if times else ""
    return " ".join([_("not the same unit all the time:"), " / ".join(times)])


@register.filter
def book_words(space: Space) -> str:
    """Return the words of the button that books the space."""
    return _("Book this desk") if space.kind == Space.Kind.DESK else _("Book this space")


@register.filter
def alternatives_title(found: Sequence[SiteSlots]) -> str:
    """Return the title of what else is free at a site, with its day: today for one that is over."""
    return free_here_title(found[0].hours[0], found[0].site.zone)


def free_here_title(interval: Interval, zone: ZoneInfo) -> str:
    """Return the title of what is free at a site on the day of that time."""
    return _("Free at this site on %(day)s") % {"day": local_day_words(interval.starts_at, zone)}


@register.simple_tag
def nearby_url(space: Space, people: int, intervals: Sequence[Interval], today: date) -> str:
    """Return the address of a search for the same around the commune, today for a day over."""
    commune, zone = space.site.commune, space.site.zone
    query: dict[str, str | int] = {
        "where": commune.name,
        "commune": commune.insee_code,
        "kind": space.kind,
        "people": people,
    }
    if intervals:
        query["on"] = max(local_date(intervals[0], zone), today.isoformat())
    return f"{reverse('search')}?{urlencode(query)}"
