"""Plans for tests: the usual one opens desks of rural and urban sites."""

from datetime import date
from typing import Any

from sites.models import Site, Space
from subscriptions.models import Plan, PlanCost, PlanVersion
from subscriptions.plans.terms import Terms
from tests.factories import MONDAY, NOW, make_organisation, numbers

RURAL, URBAN = Site.Category.RURAL, Site.Category.URBAN
DESK, OFFICE = Space.Kind.DESK, Space.Kind.OFFICE
COSTS = {(RURAL, DESK): 1, (URBAN, DESK): 2}


def make_plan(code: str = "", **fields: Any) -> Plan:
    """Make a plan without terms, sold by the network team."""
    usual: dict[str, Any] = {"holders": Plan.Holders.BOTH}
    if "seller" not in fields:
        usual["seller"] = make_organisation("", "network_team")
    return Plan.objects.create(code=code or f"plan-{next(numbers)}", **usual | fields)


def terms(name: str = "Découverte", **fields: Any) -> Terms:
    """Return terms: four half-days for 28 €."""
    usual: dict[str, Any] = {"price_cents": 2800, "half_days": 4, "costs": COSTS}
    return Terms(name=name, **usual | fields)


def make_version(plan: Plan, from_day: date | None = MONDAY, **fields: Any) -> PlanVersion:
    """Make a version of a plan in force from a day; a draft from None."""
    said = terms(**fields)
    version = PlanVersion.objects.create(
        plan=plan, in_force_from=from_day, published_at=NOW if from_day else None, **said.columns
    )
    for (category, kind), credits in said.costs.items():
        PlanCost.objects.create(version=version, category=category, kind=kind, credits=credits)
    return version
