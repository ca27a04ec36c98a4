"""Territories, as they are asked for and answered."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.lists import PageIn
from api.schemas.values import one_of
from network.models import Territory
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
