"""Who asks."""

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.values import CapacityKind, PersonStatus, Role


class MembershipOut(Schema):
    name: str
    capacities: list[CapacityKind] = Field(description=_("what it is in the network, at once"))
    role: Role


class ManagedSiteOut(Schema):
    slug: str
    name: str


class AccountOut(Schema):
    id: int
    name: str


class MeOut(Schema):
    email: str
    name: str
    status: PersonStatus = Field(description=_("how the person works; empty when they do not say"))
    organisations: list[MembershipOut]
    accounts: list[AccountOut] = Field(
        description=_("organisations on whose account the person may book today")
    )
    sites: list[ManagedSiteOut] = Field(description=_("those the person manages"))
