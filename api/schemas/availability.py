"""When a place is wanted, and which are free then."""

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.bookings import TimeOut
from api.schemas.fields import Instant, People, Text
from api.schemas.lists import PlaceIn
from api.schemas.sites import SiteOut
from api.schemas.values import SpaceKind


class AvailabilityIn(PlaceIn):
    starts_at: Instant = Field(description=_("ISO 8601 with offset"))
    ends_at: Instant = Field(description=_("ISO 8601 with offset"))
    site: Text = Field("", max_length=50, description=_("slug: only this site"))
    people: People = Field(1, description=_("places, or seats of a space sold whole"))


class FreeSpaceOut(Schema):
    id: int
    name: str
    kind: SpaceKind
    capacity: int


class OfferOut(Schema):
    space: FreeSpaceOut
    site: SiteOut
    units_free: int = Field(ge=1)


class AlternativeOut(OfferOut):
    times: list[TimeOut] = Field(description=_("what would be booked there"))
    price_cents: int | None = Field(
        None, ge=0, description=_("what you would pay for that by itself; null: no price is set")
    )
    url: str | None = Field(
        None, description=_("the page that books it; of a refused change, send its space instead")
    )


class AvailabilityOut(Schema):
    items: list[OfferOut]
    next: str | None = Field(description=_("cursor of the next page"))
