"""Prices, passes and what is owed. Amounts are cents, VAT included."""

from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.fields import REFERENCE, Amount, AmountText, DayIn, Id, In, Instant, Seats
from api.schemas.site import Day
from api.schemas.values import (
    Category,
    CustomerGroup,
    Local,
    PayWith,
    PricedDuration,
    SpaceKind,
)

EXPECTED_CENTS = _(
    "`total_cents` of the booking afterwards, as you were told: if it would be more, "
    "nothing is done and the answer is `price_changed`. Not compared without it"
)
EXPECTED_HALF_DAYS = _(
    "half-days of passes afterwards, `covered` and kept, that you were told: no more are taken"
)
EXPECTED_MORE_CENTS = _(
    "`more_cents` of the quote: what its person would pay more than now with all their bookings, "
    "those of the same week among them; below zero, they get it back. If it would be more, nothing "
    "is done and the answer is `price_changed`. Not compared without it"
)

ON_ACCOUNT_OF = _(
    "id of one of `accounts` of `GET /me`: that organisation pays, ever after. Without it you do"
)


class TariffsIn(In):
    on: DayIn | None = Field(None, description=_("day of the grid, today without it"))


class QuoteIn(In):
    space: Id = Field(description=_("id of the space"))
    starts_at: Instant = Field(description=_("on a quarter of an hour"))
    ends_at: Instant = Field(description=_("on a quarter of an hour"))
    people: Seats = 1
    pay_with: PayWith = Field(
        "passes",
        description=_("money: as if you had no pass; a `booking` keeps what it was made with"),
    )
    on_account_of: Id | None = Field(None, description=ON_ACCOUNT_OF)
    customer_group: CustomerGroup | None = Field(
        None, description=_("for somebody of this group instead, without passes or other bookings")
    )
    booking: Annotated[str, Field(pattern=REFERENCE)] | None = Field(
        None, description=_("reference of one of your own: as if it was changed to this")
    )

    @model_validator(mode="after")
    def is_of_one(self) -> "QuoteIn":
        """Refuse to change a booking into that of somebody else."""
        if self.booking and self.customer_group:
            raise PydanticCustomError(
                "quote", gettext("Send either a booking or a customer group.")
            )
        if self.booking and {"pay_with", "on_account_of"} & self.model_fields_set:
            raise PydanticCustomError("quote", gettext("A booking is paid as it was made."))
        if self.on_account_of and self.customer_group:
            raise PydanticCustomError(
                "quote", gettext("Send either an account or a customer group.")
            )
        return self


class ExpectingIn(In):
    """What somebody was told that it costs: for more than that nothing is done."""

    expected_total_cents: Amount | None = Field(None, description=EXPECTED_CENTS)
    expected_half_days: Amount = Field(0, description=EXPECTED_HALF_DAYS)


class ExpectingQuery(ExpectingIn):
    """The same in an address, where all is text."""

    expected_total_cents: AmountText | None = Field(None, description=EXPECTED_CENTS)
    expected_half_days: AmountText = Field(0, description=EXPECTED_HALF_DAYS)


class PriceOut(Schema):
    category: Category
    kind: SpaceKind
    duration: PricedDuration
    group: CustomerGroup
    price_cents: int = Field(ge=0)
    off_peak_cents: int | None = Field(ge=0, description=_("null: the same"))


class BandOut(Schema):
    category: Category
    kind: SpaceKind
    below_percent: int = Field(ge=0, le=100)
    above_percent: int = Field(ge=0)


class OffPeakOut(Schema):
    kind: SpaceKind | None = Field(description=_("null: every kind"))
    weekday: int = Field(ge=0, le=6, description=_("0 is Monday"))
    starts_at: str = Field(description=_("by the site’s clocks"))
    ends_at: str = Field(description=_("00:00 is the end of the day"))


class PassOfferOut(Schema):
    code: str
    name: str
    kind: SpaceKind
    category: Category | None = Field(description=_("null: every category of site"))
    is_of_one_site: bool
    half_days: int = Field(ge=1)
    valid_months: int = Field(ge=1)
    price_cents: int = Field(ge=0)


class CoverOut(Schema):
    name: str = Field(description=_("name of a pass"))
    half_days: int = Field(ge=0, description=_("taken of it"))


class LineOut(Schema):
    duration: PricedDuration
    starts_at: Local
    ends_at: Local
    quantity: float = Field(gt=0, description=_("a quarter of an hour is 0.25"))
    unit_price_cents: int = Field(ge=0)
    amount_cents: int = Field(ge=0)
    covered_by: str | None = Field(description=_("name of the pass that covers it, if one does"))


class AidOut(Schema):
    funder: str = Field(description=_("name of who pays"))
    reason: str


class BookingPriceOut(Schema):
    currency: str = Field(pattern="^EUR$")
    total_cents: int = Field(
        description=_("what is paid: the lines, less saved_cents, with late_cents")
    )
    lines: list[LineOut]
    saved_cents: int = Field(description=_("less, together with your other bookings of the week"))
    late_cents: int = Field(ge=0, description=_("kept of what was given up late"))
    late_half_days: int = Field(ge=0, description=_("half-days of passes that were kept so"))
    subsidy_cents: int = Field(description=_("paid by a funder, not in total_cents"))
    subsidies: list[AidOut] = Field(description=_("who pays subsidy_cents, and why"))
    covered: list[CoverOut] = Field(description=_("half-days that passes cover, of each pass"))
    free_until: Local | None = Field(
        description=_("cancelling is free before; null: until it starts")
    )
    late_percent: int = Field(
        ge=0, le=100, description=_("kept after that of what is paid in money; 0 where nothing is")
    )
    half_days_at_stake: int = Field(
        ge=0, description=_("half-days of passes kept after that: whole ones, of all its late days")
    )


class QuoteOut(BookingPriceOut):
    more_cents: int | None = Field(
        description=_("of a change: what you would pay more than now; below zero, you get it back")
    )


class TariffsOut(Schema):
    name: str
    in_force_from: Day
    deliberation: str
    currency: str = Field(pattern="^EUR$")
    prices: list[PriceOut]
    bands: list[BandOut]
    off_peak: list[OffPeakOut]
    passes: list[PassOfferOut]


class PassOut(Schema):
    name: str
    kind: SpaceKind
    site: str | None = Field(description=_("slug; null: every site"))
    half_days: int = Field(ge=1, description=_("bought"))
    left: int = Field(ge=0)
    last_on: Day = Field(description=_("last day, included"))


class BalanceOut(Schema):
    currency: str = Field(pattern="^EUR$")
    owed_cents: int = Field(description=_("all that is owed; below zero: in credit"))
    passes: list[PassOut] = Field(description=_("those of which something is left"))
