"""Why a booking is refused: each reason has a code for machines and words for people."""

from typing import Literal

from django.db import IntegrityError
from django.utils.functional import Promise

from billing.showing.telling import Price
from bookings.guard.triggers import UNIT_SHARED
from network.errors import Refusal


class EndsBeforeStart(Refusal):
    """The asked time is empty or runs backwards."""

    code = "ends_before_start"


class InThePast(Refusal):
    """The asked time has begun or is over."""

    code = "in_the_past"


class TooFarAhead(Refusal):
    """The asked time is later than the space can be booked today."""

    code = "too_far_ahead"


class TooShort(Refusal):
    """Less time than the space is given for."""

    code = "too_short"


class TooLong(Refusal):
    """More time a day than the space is given for."""

    code = "too_long"


class OffGrid(Refusal):
    """A time that is not on a quarter of an hour."""

    code = "off_grid"


class OverlapsItself(Refusal):
    """Two of the asked times overlap."""

    code = "overlaps_itself"


#: What of a time is to be corrected: its day, when it starts, or when it ends.
Edge = Literal["on", "starts", "ends"]


class OutsideOpeningHours(Refusal):
    """The site is not open over the whole asked time: `edge` says what of it to correct."""

    code = "outside_opening_hours"

    def __init__(self, message: str | Promise, *, edge: Edge) -> None:
        super().__init__(message)
        self.edge = edge


class Closed(Refusal):
    """A public holiday or a closure falls in the asked time."""

    code = "closed"


class TooManyPeople(Refusal):
    """More people than the space seats."""

    code = "capacity_exceeded"


class NoUnitFree(Refusal):
    """Others have taken what was asked."""

    code = "no_unit_free"


class NotNumbered(Refusal):
    """A unit was asked by number where units are interchangeable, or of another space."""

    code = "unit_not_offered"


class OverlapsOwnBooking(Refusal):
    """The person is already somewhere of the same kind at that time: `reference` says where."""

    code = "overlapping_own_booking"

    def __init__(self, message: str | Promise, *, reference: str) -> None:
        super().__init__(message)
        self.reference = reference


class SiteInactive(Refusal):
    """The site or the space takes no bookings."""

    code = "site_inactive"


class NotOffered(Refusal):
    """The site has nothing of this kind over this part of that day."""

    code = "not_offered"


class NotFreeThen(Refusal):
    """The person has something else: whoever books for them learns no more."""

    code = "person_not_free"


class TooManyAtOnce(Refusal):
    """More places in one operation than are booked at once, or none."""

    code = "too_many_at_once"


class AlreadyCancelled(Refusal):
    """A cancelled booking can no longer be changed."""

    code = "already_cancelled"


class AlreadyStarted(Refusal):
    """A booking whose time has begun can no longer be changed."""

    code = "already_started"


class QuotaAhead(Refusal):
    """More days to come than one person may hold."""

    code = "quota_ahead"


class QuotaPerDay(Refusal):
    """More places on one day than one person may hold."""

    code = "quota_per_day"


class QuotaOfSpace(Refusal):
    """A larger share of a space than one person may hold."""

    code = "quota_of_space"


class AlreadyOver(Refusal):
    """Nothing is left to give back: the time is over."""

    code = "already_over"


class NotOfBooking(Refusal):
    """A time that the booking never had."""

    code = "not_of_booking"


class HoldEnded(Refusal):
    """The time for which units were held is over, or somebody else confirmed."""

    code = "hold_ended"


class TooManyHolds(Refusal):
    """More units waiting for somebody to say who they are than one caller may have."""

    code = "too_many_holds"


class PriceChanged(Refusal):
    """It would cost more than was told, give back less or keep more: `price` tells which, if set.

    Nothing is done.
    """

    code = "price_changed"

    def __init__(self, message: str | Promise, price: Price | None = None) -> None:
        super().__init__(message)
        self.price = price


class KeyReused(Refusal):
    """The idempotency key came before with another request."""

    code = "idempotency_key_reused"


def is_unit_shared(error: IntegrityError) -> bool:
    """Tell whether the database refused two active allocations of one unit."""
    return UNIT_SHARED in str(error)
