"""Who asks."""

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.site import Day
from api.schemas.subscriptions import PayerOut
from api.schemas.values import CapacityKind, PersonStatus, Role


class MembershipOut(Schema):
    name: str
    capacities: list[CapacityKind] = Field(description=_("what it is in the network, at once"))
    role: Role


class ManagedSiteOut(Schema):
    slug: str
    name: str


class CapacityOut(Schema):
    organisation: PayerOut
    kind: CapacityKind
    role: Role


class SeatOut(Schema):
    plan: str = Field(description=_("code of the plan"))
    name: str
    paid_by: PayerOut | None = Field(description=_("the employer that pays; null: you do"))
    left: int | None = Field(ge=0, description=_("half-days left today; null: as many as wanted"))
    until: Day | None = Field(description=_("last day, once it is told"))


class MeOut(Schema):
    email: str
    name: str
    status: PersonStatus = Field(description=_("how the person works; empty when they do not say"))
    organisations: list[MembershipOut]
    capacities: list[CapacityOut] = Field(description=_("the same, one by one"))
    accounts: list[PayerOut] = Field(
        description=_("organisations on whose account the person may book today")
    )
    subscriptions: list[SeatOut] = Field(description=_("seats that the person has, or will have"))
    sites: list[ManagedSiteOut] = Field(description=_("those the person manages"))
