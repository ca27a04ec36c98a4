"""Plans, who subscribes to them, and the people of employers who book on their account."""

from subscriptions.models.accounts import OnAccount
from subscriptions.models.approvals import Approval
from subscriptions.models.employers import CostCentre, Employee, Headcount, Team
from subscriptions.models.invitations import Domain, Invitation
from subscriptions.models.plans import Plan, PlanCost, PlanVersion
from subscriptions.models.subscriptions import (
    ClosedMonth,
    MonthGrant,
    Seat,
    SeatCount,
    Subscription,
)

__all__ = [
    "Approval",
    "ClosedMonth",
    "CostCentre",
    "Domain",
    "Employee",
    "Headcount",
    "Invitation",
    "MonthGrant",
    "OnAccount",
    "Plan",
    "PlanCost",
    "PlanVersion",
    "Seat",
    "SeatCount",
    "Subscription",
    "Team",
]
