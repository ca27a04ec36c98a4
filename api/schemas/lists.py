"""What may be asked of every list, and of those about places."""

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import Field

from api.schemas.fields import In, Limit, Near, Radius, Text
from api.schemas.values import SpaceKind

Cursor = Annotated[Text, Field(max_length=500, description=_("`next` of the page before"))]


class PageIn(In):
    limit: Limit = Field(100, description=_("items a page"))
    cursor: Cursor | None = None


class PlaceIn(PageIn):
    near: Near | None = Field(None, description=_("latitude,longitude in decimal degrees (WGS 84)"))
    radius_km: Radius = Field(
        20_100, description=_("great-circle distance; counts with `near` only")
    )
    space_kind: SpaceKind | None = Field(None, description=_("only sites or spaces of this kind"))
    specialisation: Text = Field(
        "", max_length=50, description=_("code: only sites with this specialisation")
    )
