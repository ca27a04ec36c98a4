"""Sites of a list, as plain JSON types."""

from api.shapes.plain import Json, rounded
from sites.models import Site


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
