"""Bookings, as they are asked for, changed and answered."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.billing import (
    EXPECTED_MORE_CENTS,
    ON_ACCOUNT_OF,
    BookingPriceOut,
    ExpectingIn,
)
from api.schemas.fields import Difference, Id, In, Instant, Seats, Words
from api.schemas.lists import PageIn
from api.schemas.values import Local, PayWith, Status
from bookings.rules import MOST_INTERVALS

#: Stands for an instant that was not sent.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def without_default(schema: dict[str, Any]) -> None:
    """Take out of a JSON schema a default that stands for "as it is"."""
    schema.pop("default", None)


class BookingsIn(PageIn):
    status: Status | None = Field(None, description=_("only bookings in this state"))
    when: Literal["upcoming", "past"] | None = Field(
        None, description=_("only those that are not over, or only those that are")
    )


class BookingIn(ExpectingIn):
    space: Id = Field(description=_("id of the space"))
    starts_at: Instant = Field(description=_("on a quarter of an hour"))
    ends_at: Instant = Field(description=_("on a quarter of an hour"))
    unit: Id | None = Field(None, description=_("id of a numbered unit; any will do without it"))
    people: Seats = 1
    note: Words = Field("", max_length=500)
    pay_with: PayWith = Field(
        "passes",
        description=_("passes: those that hold, before money; money: none of them, ever after"),
    )
    on_account_of: Id | None = Field(None, description=ON_ACCOUNT_OF)


class TimeIn(In):
    starts_at: Instant = Field(description=_("on a quarter of an hour"))
    ends_at: Instant = Field(description=_("on a quarter of an hour"))


Times = Annotated[list[TimeIn], Field(min_length=1, max_length=MOST_INTERVALS)]


class GiveBackIn(ExpectingIn):
    times: Times | None = Field(
        None, description=_("those of the booking to give back; all that is left without them")
    )


class BookingPatchIn(ExpectingIn):
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
    note: Words = Field("", max_length=500, json_schema_extra=without_default)
    expected_more_cents: Difference | None = Field(None, description=EXPECTED_MORE_CENTS)

    @model_validator(mode="after")
    def says_something(self) -> "BookingPatchIn":
        """Refuse a change that changes nothing."""
        if not self.model_fields_set:
            raise PydanticCustomError("empty", gettext("Send at least one field."))
        if "times" in self.model_fields_set and {"starts_at", "ends_at"} & self.model_fields_set:
            raise PydanticCustomError("times", gettext("Send either times or their ends."))
        return self


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
    pay_with: PayWith
    on_account_of: int | None = Field(
        description=_("id of the organisation that pays; null: the person does")
    )
    is_possible: bool = Field(
        description=_("false when a closure, new hours or the like came after the booking")
    )
    impossible_because: ReasonOut | None = Field(description=_("null while it is possible"))
    price: BookingPriceOut | None = Field(
        description=_("what it costs as it stands; null where no price is set")
    )
    calendar_url: str = Field(
        description=_("the booking as an iCalendar file, to fetch with the same token")
    )


class BookingsOut(Schema):
    items: list[BookingOut]
    next: str | None = Field(description=_("cursor of the next page"))
