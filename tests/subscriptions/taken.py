"""Subscriptions for tests: taken by the same actions as everywhere."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from billing.models import Pass
from network.models import User
from subscriptions.models import PlanVersion, Subscription
from subscriptions.taking.subscribing import Wish, subscribe
from tests.factories import MONDAY, NOW
from tests.subscriptions.plans import make_plan, make_version


def version(
    from_day: date = date(2026, 1, 1), *, plan: dict[str, Any] | None = None, **fields: Any
) -> PlanVersion:
    """Return terms in force: of a plan for everybody, four half-days for 28 €."""
    return make_version(make_plan(**plan or {}), from_day, **fields)


def taken(
    of: PlanVersion,
    by: User,
    *,
    starts_on: date = MONDAY,
    now: datetime = NOW,
    key: UUID | None = None,
    **fields: Any,
) -> Subscription:
    """Have somebody subscribe."""
    wish = Wish(version=of, starts_on=starts_on, **fields)
    return subscribe(wish=wish, by=by, now=now, key=key or uuid4())


def grants(of: Subscription) -> list[tuple[str, int, int]]:
    """Return what is granted: month, number of the seat, half-days."""
    rows = of.grants.order_by("month", "number").select_related("granted")
    return [(f"{row.month:%m}", row.number, row.granted.half_days) for row in rows]


def passes(of: Subscription) -> list[Pass]:
    """Return the passes that it grants, by month and seat."""
    rows = of.grants.order_by("month", "number").select_related("granted")
    return [row.granted for row in rows]
