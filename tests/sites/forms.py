"""What the administration's form of a site sends."""

from typing import Any

from sites.models import Site

INLINES = (
    *("opening_hours", "closures", "stops", "spaces", "photos", "transit_stops"),
    *("measurements", "labels", "partners", "fundings"),
)


def site_fields(site: Site, **fields: Any) -> dict[str, Any]:
    """Return the fields of a site's page as they stand, without rows."""
    kept = {
        "name": site.name,
        "slug": site.slug,
        "operator": site.operator_id,
        "category": site.category,
        "is_active": "on",
        "commune": site.commune_id,
        "address": site.address,
        "postal_code": site.postal_code,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "time_zone": site.time_zone,
        "holidays": site.holidays,
        "description": site.description,
        "technology": site.technology,
        "download_mbps": site.download_mbps,
        "upload_mbps": site.upload_mbps,
        "access_notes": site.access_notes,
    }
    management = {
        f"{name}-{count}": "0" for name in INLINES for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return kept | management | fields
