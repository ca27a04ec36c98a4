"""What a search found, in words: sites, their spaces and slots, and when nothing is left."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.templatetags.prices import slot_price
from bookings.charges.slots import SlotPrices
from bookings.search.candidates import SpaceRow, label_of
from bookings.search.counting import counted_kind
from bookings.search.days.halfdays import HalfDay
from bookings.search.held import Held
from bookings.search.results import Full
from bookings.search.slots import SiteSlots, Slot
from bookings.search.where.farther import Farther, FartherSite
from bookings.templatetags.counts import count_words
from bookings.templatetags.slots import book_url, hours_list, slot_words
from network.wording import worded_once
from sites.intervals import Interval
from sites.models import Space
from sites.templatetags.when import day_words, day_words_short, distance, length_words

register = template.Library()

#: Stands between the facts of a line, and never begins one.
DOT = "\u00a0· "
Chip = dict[str, str]


@register.filter
def place_words(found: SiteSlots) -> str:
    """Return the site's commune; of an itinerant one, where it stands that day."""
    return str(found.stop or found.site.commune)


def result_line(found: SiteSlots) -> str:
    """Return "Villé · à 6 km"."""
    return DOT.join([place_words(found), *far(found)])


def farther_line(site: FartherSite) -> str:
    """Return "Strasbourg · à 43 km"."""
    return DOT.join([site.commune, distance(site.distance_km)])


@register.filter
def farther_title(farther: Farther) -> str:
    """Return "Plus loin (27) · à partir de 31 km": how many sites, and how far the nearest is."""
    length = length_words(farther.nearest_km)
    many = _("Farther away (%(sites)s)") % {"sites": farther.total}
    return DOT.join([many, _("from %(length)s on") % {"length": length}])


@register.filter
def full_line(found: SiteSlots) -> str:
    """Return "Villé · à 6 km · complet", for a site without room."""
    return DOT.join([found.site.commune, *far(found), why_without_room(found)])


@register.filter
def held_words(held: Held) -> str:
    """Return that the person has such a booking already: when, and where."""
    site = held.booking.site
    words = _("You already have a booking of this kind on %(day)s, %(hours)s: %(site)s.")
    hours = hours_list(held.intervals, site.zone)
    return words % {"day": day_words(held.day), "hours": hours, "site": site.name}


def far(found: SiteSlots) -> list[str]:
    """Return how far the site is, where the search is around a place."""
    return [] if found.distance_km is None else [distance(found.distance_km)]


def why_without_room(found: SiteSlots) -> str:
    """Return why nothing can be booked there, and when it is open again."""
    return count_words(found.count, Space.Kind.DESK, found.site.zone)


def hours_chip() -> Chip:
    """Return that a site has no half-day left, but hours."""
    return chip(_("a few hours left"), "few")


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
    return line_words(space.name, space.kind, *size_of(space))


@worded_once
def line_words(name: str, kind: str, units: int, seats: int) -> str:
    """Return "Poste partagé · 12 places"; the kind not where it is the name."""
    label = label_of(Space.Kind, kind)
    return DOT.join([*([] if name == label else [label]), *size_words(units, seats)])


def size_line(space: SpaceRow) -> str:
    """Return how many fit in, where the kind is what was searched."""
    return DOT.join(size_words(*size_of(space)))


def size_of(space: SpaceRow) -> tuple[int, int]:
    """Return how many places the space has, and its seats: none where it is sold by the place."""
    return space.units, space.capacity if space.sold_by == Space.SoldBy.WHOLE else 0


def size_words(units: int, seats: int) -> list[str]:
    """Return how many places there are, or seats when it is given whole."""
    if units > 1:
        return [places_words(units)]
    return [seats_words(seats)] if seats else []


@worded_once
def places_words(units: int) -> str:
    """Return "12 places"."""
    return ngettext("%(units)s place", "%(units)s places", units) % {"units": units}


@worded_once
def seats_words(seats: int) -> str:
    """Return "8 sièges"."""
    return ngettext("%(seats)s seat", "%(seats)s seats", seats) % {"seats": seats}


@register.simple_tag
def drawn_slots(
    slots: Iterable[Slot],
    space: SpaceRow,
    people: int,
    site: str,
    prices: SlotPrices | None = None,
) -> list[dict[str, Any]]:
    """Return some slots of a space as they are drawn, with their prices if the page has any."""
    zone = space.site.zone
    return [
        slot_button(slot, space, zone, people, site)
        | {"price": price_words(prices, space, slot.intervals, people)}
        for slot in slots
    ]


def price_words(
    prices: SlotPrices | None, space: SpaceRow | Space, times: Iterable[Interval], people: int
) -> str:
    """Return what times of a space cost, in a word; nothing where it is not told."""
    return slot_price(prices.of(space, times, people)) if prices else ""


@register.simple_tag
def half_days_of(full: Full, people: int, prices: SlotPrices | None = None) -> list[dict[str, Any]]:
    """Return the next half-days of a site as they are drawn."""
    return [half_day_slot(one, people, prices) for one in full.half_days]


def half_day_slot(half_day: HalfDay, people: int, prices: SlotPrices | None) -> dict[str, Any]:
    """Return what books a half-day: its day, hours, what is free and its price."""
    space, zone = half_day.space, half_day.space.site.zone
    return {
        "time": day_words_short(half_day.day),
        "small": hours_list(half_day.intervals, zone),
        "free": half_day.units_free if space.units > 1 else None,
        "href": book_url(space.id, half_day.intervals, zone, people),
        "about": f"{space.name}, {space.site.name}",
        "price": price_words(prices, space, half_day.intervals, people),
    }


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
