"""What every template knows of the deployment."""

from django.conf import settings
from django.http import HttpRequest


def network(request: HttpRequest) -> dict[str, object]:
    """Return the settings that pages show."""
    return {
        "map_tile_url": settings.MAP_TILE_URL,
        "map_tile_credit": settings.MAP_TILE_CREDIT,
        "debug": settings.DEBUG,
    }
