"""The same wish at other sites, in words."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.charges.slots import SlotPrices
from bookings.search.where.elsewhere import Elsewhere
from bookings.templatetags.results import DOT, price_words, size_of, size_words
from bookings.templatetags.slots import book_url
from sites.intervals import envelope
from sites.templatetags.when import distance, hours, local_days

register = template.Library()


@register.filter
def elsewhere_id(found: Sequence[Elsewhere]) -> str:
    """Return the id of a list's title: a page may have one of each kind of space."""
    return f"elsewhere-{found[0].space.kind}"


@register.filter
def elsewhere_line(one: Elsewhere) -> str:
    """Return "à 14 km · Villé · Espace ouvert · 8 places"."""
    stop, site = one.offer.stop, one.space.site
    place = str(stop or site.commune)
    size = size_words(*size_of(one.space))
    return DOT.join([distance(one.distance_km), place, one.space.name, *size])


@register.filter
def elsewhere_short(one: Elsewhere, prices: SlotPrices | None = None) -> str:
    """Return "libre à 14 km, 9 h – 12 h, 8 €", for a line about a site that has no room."""
    told = {"distance": distance(one.distance_km), "times": elsewhere_times(one)}
    words = _("free %(distance)s, %(times)s") % told
    return ", ".join(filter(None, [words, elsewhere_price(one, prices)]))


def elsewhere_price(one: Elsewhere, prices: SlotPrices | None) -> str:
    """Return what it costs there, in a word; nothing where it is not told."""
    return price_words(prices, one.space, one.times, one.people)


@register.filter
def elsewhere_times(one: Elsewhere) -> str:
    """Return the hours that would be booked, of several days their number."""
    zone, span = one.space.site.zone, envelope(one.times)
    days = {day for time in one.times for day in local_days(time, zone)}
    if len(days) == 1:
        return hours(span, zone)
    return ngettext("%(count)d day", "%(count)d days", len(days)) % {"count": len(days)}


@register.simple_tag
def elsewhere_url(one: Elsewhere) -> str:
    """Return the address at which it is booked."""
    return book_url(one.space.id, one.times, one.space.site.zone, one.people)


@register.inclusion_tag("components/slot.html")
def elsewhere_button(one: Elsewhere, prices: SlotPrices | None = None) -> dict[str, Any]:
    """Draw the button that books it; units are counted where there are several."""
    return {
        "time": elsewhere_times(one),
        "free": one.offer.units_free if one.space.units > 1 else None,
        "href": elsewhere_url(one),
        "about": f"{one.space.name}, {one.space.site.name}",
        "price": elsewhere_price(one, prices),
    }
