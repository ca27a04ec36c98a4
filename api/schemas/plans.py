"""Plans. Amounts are cents, VAT included; credits are half-days."""

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.fields import DayIn, In
from api.schemas.site import Day
from api.schemas.values import Category, PlanHolders, SpaceKind


class PlansIn(In):
    on: DayIn | None = Field(None, description=_("day on which one subscribes, today without it"))


class PlanCostOut(Schema):
    category: Category
    kind: SpaceKind
    half_days: int = Field(ge=1, description=_("taken by a half-day there"))


class PlanOut(Schema):
    code: str
    name: str
    seller: str = Field(description=_("name of the organisation that sells it"))
    holders: PlanHolders
    is_shared: bool = Field(description=_("seats of an organisation share what they are granted"))
    in_force_from: Day
    price_cents: int = Field(ge=0, description=_("of a seat and month"))
    half_days: int | None = Field(
        ge=1, description=_("granted to a seat each month; null: as many as wanted")
    )
    carry_over_months: int = Field(
        ge=0, description=_("for how long what a month leaves holds after it")
    )
    has_overage: bool = Field(description=_("beyond them, bookings go on account at the tariff"))
    trial_days: int = Field(ge=0)
    commitment_months: int = Field(ge=0)
    notice_days: int = Field(ge=0)
    costs: list[PlanCostOut] = Field(description=_("what is not listed is not in the plan"))


class PlansOut(Schema):
    currency: str = Field(pattern="^EUR$")
    items: list[PlanOut]
