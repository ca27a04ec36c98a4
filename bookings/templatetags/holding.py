"""What is held for a visitor, and for how long still."""

from math import ceil
from uuid import uuid4

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.holds.session import live
from bookings.models import Hold

register = template.Library()


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
    """Return "12 minutes left", the one that has begun too; nothing when none is left."""
    minutes = ceil(seconds / 60)
    if minutes <= 1:
        return _("less than a minute left") if minutes else ""
    words = ngettext("%(minutes)d minute left", "%(minutes)d minutes left", minutes)
    return words % {"minutes": minutes}


@register.filter
def words_by_minute(seconds: int) -> str:
    """Return the words of each minute until the end, from no minute on, parted by "|"."""
    return "|".join(left_words(minute * 60) for minute in range(ceil(seconds / 60) + 1))


@register.simple_tag
def fresh_key() -> str:
    """Return what makes a form that books do so once, however often it is sent."""
    return str(uuid4())


@register.filter
def held_units(hold: Hold) -> str:
    """Return " – A1, A2" where units are numbered, or nothing."""
    labels = {one.unit.label: None for one in hold.allocations.all() if one.unit}
    return "" if hold.space.is_fungible else f" – {', '.join(sorted(labels))}"


@register.simple_tag
def minutes(number: int) -> str:
    """Return "15 minutes"."""
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", number) % {"minutes": number}
