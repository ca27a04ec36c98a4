"""Answers as plain JSON types, made by hand: lists are hot, and are not validated once more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from bookings.models import Booking
from bookings.search.availability import Offer
from network.errors import Refusal
from network.models import Membership, User
from sites.clocks import end_text, joined_hours
from sites.models import Closure, OpeningHours, Site, Space, Stop

Json = dict[str, Any]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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


def site_detail_out(
    site: Site,
    *,
    closures: Iterable[Closure],
    stops: Iterable[Stop],
    spaces: Iterable[Space],
) -> Json:
    """Return all that the public may know of a site: not its access notes."""
    return site_out(site, None) | {
        "address": site.address,
        "postal_code": site.postal_code,
        "time_zone": site.time_zone,
        "operator": site.operator.name,
        "description": site.description,
        "directions": site.directions,
        "surface_m2": site.surface_m2,
        "host": site.host,
        "host_name": site.host_name,
        "specialisations": site.specialisations,
        "is_itinerant": site.is_itinerant,
        "services": named(site.services.all()),
        "hours": week_out(site.opening_hours.all()),
        "holidays": site.holidays,
        "closures": [closure_out(one, site.zone) for one in closures],
        "stops": [stop_out(one, site.zone) for one in stops],
        "connection": {
            "technology": site.technology,
            "download_mbps": site.download_mbps,
            "upload_mbps": site.upload_mbps,
        },
        "accessibility": {
            "step_free_access": site.step_free_access,
            "accessible_toilet": site.accessible_toilet,
            "accessible_parking": site.accessible_parking,
            "hearing_loop": site.hearing_loop,
            "note": site.accessibility_note,
        },
        "spaces": [space_out(one) for one in spaces],
    }


def named(rows: Iterable[Any]) -> list[Json]:
    """Return rows that have a code and a name, by code."""
    return [{"code": row.code, "name": row.name} for row in sorted(rows, key=lambda one: one.code)]


def week_out(hours: Iterable[OpeningHours]) -> list[Json]:
    """Return the intervals of the week, those that touch as one; midnight as an end is 24:00."""
    by_day: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for one in hours:
        by_day[one.weekday].append((one.opens_at, one.closes_at))
    return [
        {
            "weekday": WEEKDAYS[weekday],
            "opens_at": f"{opens_at:%H:%M}",
            "closes_at": end_text(closes_at),
        }
        for weekday, times in sorted(by_day.items())
        for opens_at, closes_at in joined_hours(times)
    ]


def closure_out(closure: Closure, zone: ZoneInfo) -> Json:
    """Return when a site or a space is closed, and why."""
    return {
        "starts_at": local(closure.starts_at, zone),
        "ends_at": local(closure.ends_at, zone),
        "reason": closure.reason,
        "space": closure.space_id,
    }


def stop_out(stop: Stop, zone: ZoneInfo) -> Json:
    """Return when and where an itinerant site stands."""
    return {
        "starts_at": local(stop.starts_at, zone),
        "ends_at": local(stop.ends_at, zone),
        "place": stop.place,
        "commune": stop.commune.name,
        "insee_code": stop.commune.insee_code,
        "latitude": stop.latitude,
        "longitude": stop.longitude,
    }


def space_out(space: Space) -> Json:
    """Return a space whose active units were prefetched."""
    units = sorted(space.units.all(), key=lambda unit: unit.pk)
    numbered = [] if space.is_fungible else units
    return {
        "id": space.pk,
        "name": space.name,
        "kind": space.kind,
        "capacity": space.capacity,
        "sold_by": space.sold_by,
        "is_fungible": space.is_fungible,
        "units_count": len(units),
        "units": [{"id": unit.pk, "label": unit.label} for unit in numbered],
        "limits": {
            "min_minutes": space.min_minutes,
            "max_minutes": space.max_minutes,
            "advance_days": space.advance_days,
        },
        "equipment": named(space.equipment.all()),
        "description": space.description,
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
        "organisations": [
            {"name": one.organisation.name, "kind": one.organisation.kind, "role": one.role}
            for one in memberships
        ],
        "sites": [{"slug": site.slug, "name": site.name} for site in sites],
    }
