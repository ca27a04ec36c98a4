"""Invitations and approvals go once they are over, and who was at an employer after they left."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from network.jobs.chores import register
from network.jobs.retention import PERIODS
from subscriptions.models import Approval, Employee, Invitation


def invitations_over(now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that were answered, withdrawn or ran out long enough ago."""
    then = now - PERIODS["invitations"]
    answered = Q(accepted_at__lt=then) | Q(withdrawn_at__lt=then)
    return Invitation.objects.filter(answered | Q(expires_at__lt=then))


def employments_over(now: datetime) -> QuerySet[Employee]:
    """Return who left their employer long enough ago: what was booked is counted elsewhere."""
    last_day = timezone.localdate(now - PERIODS["employments"])
    return Employee.objects.filter(until__lt=last_day)


def approvals_over(now: datetime) -> QuerySet[Approval]:
    """Return what was to be answered long enough ago."""
    return Approval.objects.filter(expires_at__lt=now - PERIODS["approvals"])


register("invitations", invitations_over)
register("employments", employments_over)
register("approvals", approvals_over)
