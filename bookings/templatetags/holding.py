"""What is held for a visitor, and for how long still."""

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.holds.session import live
from bookings.models import Hold

register = template.Library()
#: Seconds before the end from which on it is said to be near.
SOON_S = 120


@register.simple_tag(takes_context=True)
def held_now(context: Context) -> list[Hold]:
    """Return what the visitor holds, but for the hold that the page is about."""
    request = context.get("request")
    if request is None:
        return []
    return [one for one in live(request, timezone.now()) if one != context.get("hold")]


@register.filter
def seconds_left(hold: Hold) -> int:
    """Return for how long it is still held; 0 when its time is over."""
    return max(0, int((hold.until - timezone.now()).total_seconds()))


@register.filter
def left_words(seconds: int) -> str:
    """Return "12 minutes left", no more than there are."""
    minutes = seconds // 60
    if not minutes:
        return _("less than a minute left")
    words = ngettext("%(minutes)d minute left", "%(minutes)d minutes left", minutes)
    return words % {"minutes": minutes}


@register.filter
def words_by_minute(seconds: int) -> str:
    """Return the words of each minute until the end, from the last one on, parted by "|"."""
    return "|".join(left_words(minute * 60) for minute in range(seconds // 60 + 1))


@register.filter
def is_soon(seconds: int) -> bool:
    """Tell whether the end is near."""
    return seconds <= SOON_S


@register.filter
def held_units(hold: Hold) -> str:
    """Return " – A1, A2" where units are numbered, or nothing."""
    labels = {one.unit.label: None for one in hold.allocations.all() if one.unit}
    return "" if hold.space.is_fungible else f" – {', '.join(sorted(labels))}"


@register.simple_tag
def minutes(number: int) -> str:
    """Return "15 minutes"."""
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", number) % {"minutes": number}
