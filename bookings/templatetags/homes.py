"""What the home page says and links to: half-days near, the same again, the way there."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from bookings.charges.slots import SlotPrices
from bookings.search.repeats import Repeat
from bookings.search.where.nearby import NearSite
from bookings.templatetags.results import DOT, half_day_slot, price_words
from bookings.templatetags.slots import book_url, hours_list
from sites.geo import Point, directions_url
from sites.templatetags.when import day_words, distance

register = template.Library()


@register.simple_tag
def half_day_slots(near: NearSite, prices: SlotPrices | None = None) -> list[dict[str, Any]]:
    """Return a site's half-days as they are drawn, each a way to its check page."""
    return [half_day_slot(one, 1, prices) for one in near.half_days]


@register.filter
def again_slots(again: Iterable[Repeat], prices: SlotPrices | None = None) -> list[dict[str, Any]]:
    """Return the times to have again as they are drawn."""
    return [again_slot(one, prices) for one in again]


def again_slot(again: Repeat, prices: SlotPrices | None) -> dict[str, Any]:
    """Return the same again as a way to its check page, with its date and price."""
    booking, zone = again.booking, again.booking.site.zone
    return {
        "time": _("Book %(date)s") % {"date": day_words(again.day)},
        "small": hours_list(again.intervals, zone),
        "free": None,
        "href": book_url(booking.space_id, again.intervals, zone, booking.people),
        "price": price_words(prices, booking.space, again.intervals, booking.people),
    }


@register.filter
def near_line(near: NearSite) -> str:
    """Return "Villé · à 6 km · télécentre rural"; of an itinerant site, where it stands then."""
    stop = near.half_days[0].stop
    place = str(stop or near.site.commune)
    return DOT.join([place, distance(near.distance_km), near.site.category_label])


@register.filter
def way_url(point: Point) -> str:
    """Return the address that shows the way to `point` from where the reader is."""
    return directions_url(point)
