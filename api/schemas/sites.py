"""Sites, as lists ask for them and answer them."""

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.fields import Text
from api.schemas.lists import PlaceIn
from api.schemas.values import Category


class SitesIn(PlaceIn):
    category: Category | None = Field(None, description=_("only sites of this category"))
    q: Text = Field(
        "",
        max_length=100,
        description=_(
            "words of the site's name, start of its commune's name or of its postcode; "
            "accents and capitals do not matter in communes"
        ),
    )


class SiteOut(Schema):
    slug: str
    name: str
    category: Category
    commune: str
    insee_code: str
    latitude: float
    longitude: float
    distance_km: float | None = Field(description=_("null when no place was asked"))


class SitesOut(Schema):
    items: list[SiteOut]
    next: str | None = Field(description=_("cursor of the next page"))
