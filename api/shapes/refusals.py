"""Refusals as problem documents."""

from collections.abc import Sequence

from django.http import HttpResponse

from api.errors import PROBLEMS, answer, problem_body
from api.shapes.billing import booking_price_out
from api.shapes.plain import Json
from bookings.errors import PriceChanged
from network.errors import Refusal


def refusal_out(refusal: Refusal, alternatives: Sequence[Json] = ()) -> Json:
    """Return the problem that tells of a refusal, and where it can be had instead."""
    price = refusal.price if isinstance(refusal, PriceChanged) else None
    return problem_body(
        refusal.code,
        refusal.message,
        reference=refusal.reference,
        alternatives=list(alternatives),
        price=price and booking_price_out(price),
    )


def refused(refusal: Refusal, alternatives: Sequence[Json] = ()) -> HttpResponse:
    """Return the same as an answer."""
    return answer(refusal_out(refusal, alternatives), PROBLEMS[refusal.code][0])
