"""Plans, as plain JSON types."""

from collections.abc import Iterable

from api.shapes.billing import EURO
from api.shapes.plain import Json
from subscriptions.models import PlanVersion
from subscriptions.plans.showing import Offered
from subscriptions.plans.terms import costs_of


def plans_out(some: Iterable[Offered]) -> Json:
    """Return plans with their version in force."""
    return {"currency": EURO, "items": [plan_out(one.current) for one in some if one.current]}


def plan_out(version: PlanVersion) -> Json:
    """Return what a version of a plan says."""
    plan = version.plan
    assert version.in_force_from
    return {
        "code": plan.code,
        "name": str(version.told_name),
        "seller": plan.seller.name,
        "holders": plan.holders,
        "is_shared": plan.is_shared,
        "in_force_from": version.in_force_from.isoformat(),
        "price_cents": version.price_cents,
        "half_days": version.half_days,
        "carry_over_months": version.carry_over_months,
        "has_overage": version.has_overage,
        "trial_days": version.trial_days,
        "commitment_months": version.commitment_months,
        "notice_days": version.notice_days,
        "costs": [
            {"category": category, "kind": kind, "half_days": half_days}
            for (category, kind), half_days in costs_of(version).items()
        ],
    }
