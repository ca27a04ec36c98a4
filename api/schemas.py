"""What is sent (…In) and what is answered (…Out), field by field."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from api.fields import Id, In, Instant, Limit, Near, People, Radius, Seats, Text
from bookings.models import Booking
from bookings.rules import MOST_INTERVALS
from network.models import Capacity, Membership, User
from sites.models import Site, Space

Cursor = Annotated[Text, Field(max_length=500, description=_("`next` of the page before"))]
Local = Annotated[
    datetime,
    WithJsonSchema({"type": "string", "format": "date-time"}),
    Field(description=_("with the offset of the site's own time")),
]


#: Stands for an instant that was not sent.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def without_default(schema: dict[str, Any]) -> None:
    """Take out of a JSON schema a default that stands for "as it is"."""
    schema.pop("default", None)


def one_of(choices: type[TextChoices]) -> WithJsonSchema:
    """Return the JSON schema of a choice, in place: two of our enumerations share a name."""
    return WithJsonSchema({"type": "string", "enum": choices.values})


SpaceKind = Annotated[Space.Kind, one_of(Space.Kind)]
Category = Annotated[Site.Category, one_of(Site.Category)]
Status = Annotated[Booking.Status, one_of(Booking.Status)]
CapacityKind = Annotated[Capacity.Kind, one_of(Capacity.Kind)]
Role = Annotated[Membership.Role, one_of(Membership.Role)]
PersonStatus = Annotated[str, WithJsonSchema({"type": "string", "enum": ["", *User.Status.values]})]


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
        "", max_length=50, description=_("code: only sites with this speciality")
    )


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


class AvailabilityIn(PlaceIn):
    starts_at: Instant = Field(description=_("ISO 8601 with offset"))
    ends_at: Instant = Field(description=_("ISO 8601 with offset"))
    site: Text = Field("", max_length=50, description=_("slug: only this site"))
    people: People = Field(1, description=_("places, or seats of a space sold whole"))


class BookingsIn(PageIn):
    status: Status | None = Field(None, description=_("only bookings in this state"))
    when: Literal["upcoming", "past"] | None = Field(
        None, description=_("only those that are not over, or only those that are")
    )


class BookingIn(In):
    space: Id = Field(description=_("id of the space"))
    starts_at: Instant = Field(description=_("on a quarter of an hour"))
    ends_at: Instant = Field(description=_("on a quarter of an hour"))
    unit: Id | None = Field(None, description=_("id of a numbered unit; any will do without it"))
    people: Seats = 1
    note: Text = Field("", max_length=500)


class TimeIn(In):
    starts_at: Instant = Field(description=_("on a quarter of an hour"))
    ends_at: Instant = Field(description=_("on a quarter of an hour"))


Times = Annotated[list[TimeIn], Field(min_length=1, max_length=MOST_INTERVALS)]


class GiveBackIn(In):
    times: Times | None = Field(
        None, description=_("those of the booking to give back; all that is left without them")
    )


class BookingPatchIn(In):
    """Every field may be left out, and then stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    # The defaults are never read: what was not sent is looked up in `model_fields_set`.
    space: Id = Field(0, json_schema_extra=without_default)
    starts_at: Instant = Field(NEVER, json_schema_extra=without_default)
    ends_at: Instant = Field(NEVER, json_schema_extra=without_default)
    times: Times = Field(
        [],
        description=_("all times to have, in place of those there are: leave one out to drop it"),
        json_schema_extra=without_default,
    )
    unit: Id | None = Field(None, description=_("null: any unit will do"))
    people: Seats = Field(1, json_schema_extra=without_default)
    note: Text = Field("", max_length=500, json_schema_extra=without_default)

    @model_validator(mode="after")
    def says_something(self) -> "BookingPatchIn":
        """Refuse a change that changes nothing."""
        if not self.model_fields_set:
            raise PydanticCustomError("empty", gettext("Send at least one field."))
        if "times" in self.model_fields_set and {"starts_at", "ends_at"} & self.model_fields_set:
            raise PydanticCustomError("times", gettext("Send either times or their ends."))
        return self


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


class FreeSpaceOut(Schema):
    id: int
    name: str
    kind: SpaceKind
    capacity: int


class OfferOut(Schema):
    space: FreeSpaceOut
    site: SiteOut
    units_free: int = Field(ge=1)


class AvailabilityOut(Schema):
    items: list[OfferOut]
    next: str | None = Field(description=_("cursor of the next page"))


class TimeOut(Schema):
    starts_at: Local
    ends_at: Local


class ReasonOut(Schema):
    code: str = Field(description=_("one of the errors' codes"))
    detail: str


class BookingOut(Schema):
    reference: str
    status: Status
    space: int = Field(description=_("id of the space"))
    unit: int | None = Field(
        description=_("id of the (first) unit given; an interchangeable one may still change")
    )
    site: str = Field(description=_("slug"))
    starts_at: Local
    ends_at: Local
    times: list[TimeOut] = Field(
        description=_("what it holds between both, less what was given back")
    )
    people: int
    is_possible: bool = Field(
        description=_("false when a closure, new hours or the like came after the booking")
    )
    impossible_because: ReasonOut | None = Field(description=_("null while it is possible"))
    calendar_url: str = Field(
        description=_("the booking as an iCalendar file, to fetch with the same token")
    )


class BookingsOut(Schema):
    items: list[BookingOut]
    next: str | None = Field(description=_("cursor of the next page"))


class MembershipOut(Schema):
    name: str
    capacities: list[CapacityKind] = Field(description=_("what it is in the network, at once"))
    role: Role


class ManagedSiteOut(Schema):
    slug: str
    name: str


class MeOut(Schema):
    email: str
    name: str
    status: PersonStatus = Field(description=_("how the person works; empty when they do not say"))
    organisations: list[MembershipOut]
    sites: list[ManagedSiteOut] = Field(description=_("those the person manages"))


class ErrorOut(Schema):
    code: str
    detail: str
    pointer: str | None = Field(None, description=_("JSON pointer to the wrong part of the body"))
    parameter: str | None = Field(None, description=_("name of the wrong parameter or header"))


class ProblemOut(Schema):
    type: str
    title: str
    status: int
    detail: str
    code: str
    reference: str | None = Field(None, description=_("of the booking in the way, if one is"))
    errors: list[ErrorOut] = Field([], description=_("what is wrong in the request, part by part"))
