"""What is read of territories."""

from collections.abc import Sequence

from django.db.models import Q

from api.queries.cursors import opened, page_of
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
