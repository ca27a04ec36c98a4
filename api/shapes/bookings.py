"""Bookings as plain JSON types."""

from django.conf import settings
from django.urls import reverse

from api.shapes.billing import booking_price_out
from api.shapes.plain import Json, local
from billing.showing.telling import Price
from bookings.models import Booking
from bookings.wishes import MONEY, PASSES
from network.errors import Refusal


def booking_out(booking: Booking, price: Price | None, obstacle: Refusal | None = None) -> Json:
    """Return a booking, just made or read `with_places`, and what it costs, if a price is set.

    `obstacle` is why it can no longer be had, if so.
    """
    zone = booking.site.zone
    return {
        "reference": booking.reference,
        "status": booking.status,
        "space": booking.space_id,
        "unit": given_unit(booking),
        "site": booking.site.slug,
        "starts_at": local(booking.starts_at, zone),
        "ends_at": local(booking.ends_at, zone),
        "times": [
            {"starts_at": local(one.starts_at, zone), "ends_at": local(one.ends_at, zone)}
            for one in sorted({allocation.interval for allocation in booking.allocations.all()})
        ],
        "people": booking.people,
        "pay_with": PASSES if booking.spends_passes else MONEY,
        "on_account_of": booking.organisation_id,
        "is_possible": obstacle is None,
        "impossible_because": obstacle and {"code": obstacle.code, "detail": str(obstacle.message)},
        "price": price and booking_price_out(price),
        "calendar_url": settings.PUBLIC_URL
        + reverse("api-v1:booking-event", args=[booking.reference]),
    }


def given_unit(booking: Booking) -> int | None:
    """Return the id of the first unit that the booking takes."""
    allocations = sorted(booking.allocations.all(), key=lambda one: (one.starts_at, one.pk))
    return allocations[0].unit_id if allocations else None
