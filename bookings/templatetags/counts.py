"""What there is on a day, in words: free, full, or closed and until when."""

from zoneinfo import ZoneInfo

from django import template
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.search.counting import Count, State, Why
from network.wording import worded_once
from sites.intervals import Interval
from sites.models import Space
from sites.templatetags.when import clock_time, day_words_short

register = template.Library()


@register.filter
def counted_words(kind: str) -> str:
    """Return what is counted on pages about that kind of space."""
    if kind == Space.Kind.DESK:
        return _("Free desks, day by day")
    return _("What is free, day by day: %(kind)s") % {"kind": Space.Kind(kind).label}


def count_words(count: Count, kind: str, zone: ZoneInfo) -> str:
    """Return "12 postes libres", "complet" or "fermé, ouvre lun. 30 nov. à 8 h"."""
    if count.state is State.CLOSED:
        return closed_words(count, zone)
    return units_words(count, kind) if count.free else full_words(count)


def full_words(count: Count) -> str:
    """Return that nothing is to be had for what is asked, and why if it is not all taken."""
    if count.why is Why.TOO_SMALL:
        return _("too small for so many")
    return _("not bookable then") if count.why is Why.NOT_THEN else _("full")


@worded_once
def units_words(count: Count, kind: str) -> str:
    """Return how many are free, and of what: "12 postes libres", "Bureau : 2 libres"."""
    if kind != Space.Kind.DESK:
        words = ngettext("%(kind)s: %(free)s free", "%(kind)s: %(free)s free", count.free)
        return words % {"kind": Space.Kind(kind).label, "free": count.free}
    if count.is_few:
        words = ngettext("%(desks)s desk left", "%(desks)s desks left", count.free)
    else:
        words = ngettext("%(desks)s desk free", "%(desks)s desks free", count.free)
    return words % {"desks": count.free}


def closed_words(count: Count, zone: ZoneInfo) -> str:
    """Return that it is closed, and when it opens again if that is known."""
    if count.opens is None:
        return _("closed")
    return _("closed, opens %(when)s") % {"when": opening_words(count.opens, zone)}


def opening_words(opens: Interval, zone: ZoneInfo) -> str:
    """Return the day and the hour of an opening: "lun. 30 nov. à 8 h"."""
    day = day_words_short(opens.starts_at.astimezone(zone).date())
    return _("%(day)s at %(time)s") % {"day": day, "time": clock_time(opens.starts_at, zone)}


@register.filter
def no_room_words(count: Count | None, zone: ZoneInfo | None = None) -> str:
    """Return a sentence that says why a day has nothing, or nothing where its mark says all."""
    if count is None:
        return ""
    if count.opens is not None:
        here = zone or ZoneInfo(get_current_timezone_name())
        return _("Closed that day. Opens %(when)s.") % {"when": opening_words(count.opens, here)}
    if count.why is Why.TOO_SMALL:
        return _("Open that day, but too small for so many people.")
    if count.why is Why.NOT_THEN:
        return _("Open that day, but not bookable so far ahead or for such a time.")
    return ""
