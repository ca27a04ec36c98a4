"""Who may do what about plans."""

from django.core.exceptions import PermissionDenied

from network.models import User

#: To write plans, put them in force and withdraw them: the network team.
MANAGE_PLANS = "subscriptions.manage_plans"


def refuse_unless_planner(by: User) -> None:
    """Raise PermissionDenied unless `by` is of those who write plans."""
    if not by.has_perm(MANAGE_PLANS):
        raise PermissionDenied
