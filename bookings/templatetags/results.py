"""What a search found, in words: sites, their spaces and slots, and when nothing is left."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.forms.search import SearchForm
from bookings.search.candidates import SpaceRow
from bookings.search.counting import counted_kind
from bookings.search.slots import SiteSlots, Slot
from bookings.templatetags.counts import count_words
from bookings.templatetags.slots import book_url, slot_words
from sites.models import Space
from sites.templatetags.when import day_words, distance

register = template.Library()

#: Stands between the facts of a line, and never begins one.
DOT = "\u00a0· "
Chip = dict[str, str]


@register.simple_tag
def search_title(sites: Sequence[SiteSlots], days: Sequence[date]) -> str:
    """Return how many sites have room, and when."""
    if len(days) > 1:
        return several_days_title(len(sites))
    day = day_words(days[0])
    if not sites:
        return _("Nothing is free on %(date)s") % {"date": day}
    return ngettext(
        "%(sites)s site has room on %(date)s", "%(sites)s sites have room on %(date)s", len(sites)
    ) % {"sites": len(sites), "date": day}


def several_days_title(sites: int) -> str:
    """Return how many sites have room on all of several days."""
    if not sites:
        return _("Nothing is free on all the days chosen")
    return ngettext(
        "%(sites)s site has room on all the days chosen",
        "%(sites)s sites have room on all the days chosen",
        sites,
    ) % {"sites": sites}


@register.filter
def around_words(form: SearchForm) -> str:
    """Return around which place was looked, and how far, or nothing."""
    if form.place is None:
        return ""
    km = form.cleaned_data["radius_km"]
    if km:
        words = _("At most %(km)s km from here, the nearest first: %(place)s.")
        return words % {"km": km, "place": form.place.label}
    return _("The nearest to this place first: %(place)s.") % {"place": form.place.label}


@register.filter
def has_wrong_filter(form: SearchForm) -> bool:
    """Tell whether one of the choices that are folded away is refused."""
    return any(name not in form.ALWAYS_SEEN for name in form.errors)


@register.filter
def place_words(found: SiteSlots) -> str:
    """Return the site's commune; of an itinerant one, where it stands that day."""
    if found.stop is None:
        return found.site.commune
    return f"{found.stop.place}, {found.stop.commune.name}"


@register.filter
def result_line(found: SiteSlots) -> str:
    """Return "Villé · à 6 km · télécentre rural"."""
    return DOT.join([place_words(found), *far(found), found.site.category_label])


@register.filter
def full_line(found: SiteSlots) -> str:
    """Return "Villé · à 6 km · complet", for a site without room."""
    return DOT.join([found.site.commune, *far(found), why_without_room(found)])


def far(found: SiteSlots) -> list[str]:
    """Return how far the site is, where the search is around a place."""
    return [] if found.distance_km is None else [distance(found.distance_km)]


def why_without_room(found: SiteSlots) -> str:
    """Return why nothing can be booked there, and when it is open again."""
    return count_words(found.count, Space.Kind.DESK, found.site.zone)


@register.inclusion_tag("components/chip.html")
def room_chip(found: SiteSlots) -> Chip:
    """Draw whether the site is closed, full, or how many units are free: few as the last ones."""
    count, kind = found.count, counted_kind([one.space for one in found.spaces])
    state = "few" if count.is_few else "free" if count.free else "full"
    return chip(count_words(count, kind, found.site.zone), state)


def chip(text: str, state: str) -> Chip:
    """Return what components/chip.html draws."""
    return {"text": text, "state": state, "icon": ""}


@register.filter
def space_line(space: SpaceRow) -> str:
    """Return the kind of the space, unless its name says it, and how many fit in."""
    kind = [] if space.name == space.kind_label else [space.kind_label]
    return DOT.join([*kind, *size_words(space)])


def size_words(space: SpaceRow) -> list[str]:
    """Return how many places the space has, or seats when it is given whole."""
    if space.units > 1:
        words = ngettext("%(units)s place", "%(units)s places", space.units)
        return [words % {"units": space.units}]
    if space.sold_by == Space.SoldBy.WHOLE:
        words = ngettext("%(seats)s seat", "%(seats)s seats", space.capacity)
        return [words % {"seats": space.capacity}]
    return []


@register.inclusion_tag("components/slot.html")
def slot_button(
    slot: Slot, space: SpaceRow, zone: ZoneInfo, people: int, site: str = ""
) -> dict[str, Any]:
    """Draw a slot of a space; units are counted where there are several."""
    units_free = slot.units_free if space.units > 1 else None
    return {
        "time": slot_words(slot, zone),
        "free": units_free if slot.is_free else 0,
        "href": book_url(space.id, slot.intervals, zone, people),
        "about": ", ".join(filter(None, [space.name, site])),
    }
