"""What answers have in common."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


def local(instant: datetime, zone: ZoneInfo) -> str:
    """Return `instant` in ISO 8601 with the offset of `zone`."""
    return instant.astimezone(zone).isoformat()


def rounded(distance_km: float | None) -> float | None:
    """Return a distance to ten metres."""
    return None if distance_km is None else round(distance_km, 2)
