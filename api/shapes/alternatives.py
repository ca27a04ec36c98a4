"""Where a refused wish can be had instead, as plain JSON types."""

from django.conf import settings

from api.shapes.availability import offer_out
from api.shapes.plain import Json, local
from bookings.search.where.elsewhere import Elsewhere
from bookings.templatetags.slots import book_url


def alternative_out(one: Elsewhere) -> Json:
    """Return a space of another site, what would be booked there, and the page that books it."""
    space, zone = one.space, one.space.site.zone
    return offer_out(one.offer) | {
        "times": [
            {"starts_at": local(time.starts_at, zone), "ends_at": local(time.ends_at, zone)}
            for time in one.times
        ],
        "url": settings.PUBLIC_URL + book_url(space.id, one.times, zone, one.people),
    }
