"""Subscriptions, and the usage of employers. Amounts are cents, VAT included; never hours."""

import re
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _words
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.schemas.fields import MOST_ID, In
from api.schemas.site import Day
from billing.statements.months import Month

MONTH = r"20[2-9][0-9]-(0[1-9]|1[0-2])"


def read_month(value: object) -> Month:
    """Read a month of the calendar, from 2020 on."""
    if not isinstance(value, str) or not re.fullmatch(MONTH, value, re.ASCII):
        raise PydanticCustomError("month", _words("Write a month as 2026-11."))
    return Month.parse(value)


MonthIn = Annotated[
    Month,
    PlainValidator(read_month),
    WithJsonSchema({"type": "string", "pattern": f"^{MONTH}$", "examples": ["2026-11"]}),
]
OrganisationId = Annotated[int, Field(ge=1, le=MOST_ID)]
Count = Annotated[int, Field(ge=0)]


class PayerOut(Schema):
    id: int
    name: str


class OwnSeatOut(Schema):
    left: int | None = Field(ge=0, description=_("half-days left today; null: as many as wanted"))
    since: Day
    until: Day | None = Field(description=_("last day, once it is told"))


class SubscriptionOut(Schema):
    id: UUID
    plan: str = Field(description=_("code of the plan"))
    name: str
    organisation: PayerOut | None = Field(
        description=_("the employer that pays; null: you pay it yourself")
    )
    price_cents: Count = Field(description=_("of a seat and month"))
    seats: Count
    taken: Count
    starts_on: Day
    ends_on: Day | None = Field(description=_("last day, once it is told"))
    own_seat: OwnSeatOut | None = Field(description=_("what you have of it yourself"))


class SubscriptionsOut(Schema):
    currency: str
    items: list[SubscriptionOut]


class UsageIn(In):
    organisation: OrganisationId = Field(description=_("id of an employer that you run"))
    month: MonthIn | None = Field(None, description=_("month of the calendar, this one without it"))


class FiguresOut(Schema):
    days: Count = Field(description=_("a person at a site on a day is one"))
    half_days: int = Field(description=_("credits that were taken"))
    cents: int


class PartOut(FiguresOut):
    id: int | None = Field(description=_("null: of none, or of a closed account"))
    name: str


class UsedSeatsOut(Schema):
    subscription: UUID = Field(description=_("id of the subscription"))
    plan: str = Field(description=_("code of the plan"))
    seats: Count
    taken: Count
    cents: Count = Field(description=_("charged, or to be charged once the month is over"))


class TeleworkOut(Schema):
    people: Count = Field(description=_("who used the account on one day at least"))
    share_percent: float | None = Field(
        description=_("of the staff; null: no headcount is told of the month")
    )
    days_a_week: float | None = Field(description=_("mean of those people"))
    more_than_two_days_a_week: Count = Field(description=_("people to look at, not a success"))
    headcount: int | None
    headcount_on: Day | None = Field(description=_("day of which the headcount is told"))


class UsageOut(Schema):
    currency: str
    organisation: PayerOut
    month: str = Field(pattern=f"^{MONTH}$")
    total: FiguresOut
    teams: list[PartOut]
    sites: list[PartOut]
    cost_centres: list[PartOut]
    people: list[PartOut]
    seats: list[UsedSeatsOut]
    telework: TeleworkOut
