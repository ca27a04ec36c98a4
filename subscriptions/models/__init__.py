"""Plans, in versions, and what each costs and grants."""

from subscriptions.models.plans import Plan, PlanCost, PlanVersion

__all__ = ["Plan", "PlanCost", "PlanVersion"]
