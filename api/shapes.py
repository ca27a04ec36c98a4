"""Answers as plain JSON types, made by hand: lists are hot, and are not validated once more."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from bookings.models import Booking
from bookings.search.availability import Offer
from network.errors import Refusal
from network.models import Membership, User
from sites.models import Site

Json = dict[str, Any]


def local(instant: datetime, zone: ZoneInfo) -> str:
    """Return `instant` in ISO 8601 with the offset of `zone`."""
    return instant.astimezone(zone).isoformat()


def rounded(distance_km: float | None) -> float | None:
    """Return a distance to ten metres."""
    return None if distance_km is None else round(distance_km, 2)


def offer_out(offer: Offer) -> Json:
    """Return a space with room; an itinerant site is told where it stands that day."""
    space, site, point = offer.space, offer.space.site, offer.point
    commune, insee_code = site.commune, site.insee_code
    if offer.stop:
        commune, insee_code = offer.stop.commune.name, offer.stop.commune.insee_code
    return {
        "space": {
            "id": space.id,
            "name": space.name,
            "kind": space.kind,
            "capacity": space.capacity,
        },
        "site": {
            "slug": site.slug,
            "name": site.name,
            "category": site.category,
            "commune": commune,
            "insee_code": insee_code,
            "latitude": point.latitude,
            "longitude": point.longitude,
            "distance_km": rounded(offer.distance_km),
        },
        "units_free": offer.units_free,
    }


def site_out(site: Site, distance_km: float | None) -> Json:
    """Return a site as lists show it."""
    return {
        "slug": site.slug,
        "name": site.name,
        "category": site.category,
        "commune": site.commune.name,
        "insee_code": site.commune.insee_code,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "distance_km": rounded(distance_km),
    }


def booking_out(booking: Booking, obstacle: Refusal | None = None) -> Json:
    """Return a booking that was read `with_places`, and why it can no longer be had, if so."""
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
        "is_possible": obstacle is None,
        "impossible_because": obstacle and {"code": obstacle.code, "detail": str(obstacle.message)},
        "calendar_url": settings.PUBLIC_URL
        + reverse("api-v1:booking-event", args=[booking.reference]),
    }


def given_unit(booking: Booking) -> int | None:
    """Return the id of the first unit that the booking takes."""
    allocations = sorted(booking.allocations.all(), key=lambda one: (one.starts_at, one.pk))
    return allocations[0].unit_id if allocations else None


def me_out(person: User, memberships: Iterable[Membership], sites: Iterable[Site]) -> Json:
    """Return what the API knows of the person who asks."""
    return {
        "email": person.email,
        "name": person.name,
        "status": person.status,
        "organisations": [
            {
                "name": one.organisation.name,
                "capacities": one.organisation.kinds(),
                "role": one.role,
            }
            for one in memberships
        ],
        "sites": [{"slug": site.slug, "name": site.name} for site in sites],
    }
