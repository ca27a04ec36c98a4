"""Territories as the API reads them and answers them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from api.cursors import opened
from api.queries import page_of
from api.schemas.territories import TerritoriesIn
from network.models import Commune, Territory


def territories_page(query: TerritoriesIn) -> tuple[Sequence[Territory], str | None]:
    """Return a page of territories by kind and code, and the cursor."""
    rows = Territory.objects.order_by("kind", "code")
    if query.kind:
        rows = rows.of_kind(query.kind)
    if query.commune:
        commune = Commune.objects.filter(insee_code=query.commune).first()
        rows = rows.containing(commune) if commune else rows.none()
    if query.cursor:
        kind, code = opened("territories", query.cursor)
        rows = rows.filter(Q(kind__gt=kind) | Q(kind=kind, code__gt=code))
    found = list(rows.counted()[: query.limit + 1])
    return page_of(found, query.limit, "territories", lambda one: [one.kind, one.code])


def territory_out(territory: Territory) -> dict[str, Any]:
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
