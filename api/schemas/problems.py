"""Refusals, as RFC 9457 tells them."""

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from api.schemas.availability import AlternativeOut
from api.schemas.billing import BookingPriceOut


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
    alternatives: list[AlternativeOut] = Field(
        [],
        max_length=3,
        description=_(
            "of a refused booking, or change of your own: other sites with room at the same "
            "time, nearest first"
        ),
    )
    price: BookingPriceOut | None = Field(
        None, description=_("of `price_changed`: what it would cost now")
    )
    errors: list[ErrorOut] = Field([], description=_("what is wrong in the request, part by part"))
