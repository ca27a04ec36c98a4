"""Where a refused wish can be had instead, as plain JSON types."""

from django.conf import settings

from api.shapes.availability import offer_out
from api.shapes.plain import Json, local
from bookings.charges.slots import SlotPrices
from bookings.search.where.elsewhere import Elsewhere
from bookings.templatetags.slots import book_url


def alternative_out(one: Elsewhere, prices: SlotPrices | None) -> Json:
    """Return a space of another site, what would be booked there, and the page that books it."""
    page = book_url(one.space.id, one.times, one.space.site.zone, one.people)
    return change_out(one, prices) | {"url": settings.PUBLIC_URL + page}


def change_out(one: Elsewhere, prices: SlotPrices | None) -> Json:
    """Return the same of a change: no page makes it, which would book a second time."""
    zone = one.space.site.zone
    alone = prices.of(one.space, one.times, one.people) if prices else None
    return offer_out(one.offer) | {
        "times": [
            {"starts_at": local(time.starts_at, zone), "ends_at": local(time.ends_at, zone)}
            for time in one.times
        ],
        "price_cents": alone.cents if alone else None,
    }
