"""Territories as the API is asked for them and answers them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.cursors import opened
from api.queries import page_of
from api.schemas import PageIn, one_of
from network.models import Commune, Territory
from network.models.territories import INSEE_CODE

TerritoryKind = Annotated[Territory.Kind, one_of(Territory.Kind)]


class TerritoriesIn(PageIn):
    kind: TerritoryKind | None = Field(None, description=_("only territories of this kind"))
    commune: Annotated[str, Field(pattern=INSEE_CODE)] | None = Field(
        None, description=_("INSEE code: only territories that this commune belongs to")
    )


class TerritoryOut(Schema):
    kind: TerritoryKind
    code: str = Field(description=_("INSEE code, SIREN or the list's own; unique in its kind"))
    name: str
    population: int = Field(description=_("of its communes together"))
    communes_count: int
    source: str = Field(description=_("who says which communes it holds"))
    valid_on: date | None = Field(description=_("the day of which the list tells"))


class TerritoriesOut(Schema):
    items: list[TerritoryOut]
    next: str | None = Field(description=_("cursor of the next page"))


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
