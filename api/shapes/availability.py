"""What is free, as plain JSON types."""

from api.shapes.plain import Json, rounded
from bookings.search.availability import Offer


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
