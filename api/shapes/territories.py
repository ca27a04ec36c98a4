"""Territories as plain JSON types."""

from api.shapes.plain import Json
from network.models import Territory


def territory_out(territory: Territory) -> Json:
    """Return a territory that was read `counted`."""
    return {
        "kind": territory.kind,
        "code": territory.code,
        "name": territory.name,
        "population": territory.population,
        "communes_count": territory.communes_count,
        "source": territory.source,
        "valid_on": territory.valid_on and territory.valid_on.isoformat(),
    }
