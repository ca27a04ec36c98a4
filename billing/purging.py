"""That somebody belonged to a customer group is erased once it is over."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from billing.models import GroupMembership
from network.jobs.chores import register
from network.jobs.retention import PERIODS


def groups_over(now: datetime) -> QuerySet[GroupMembership]:
    """Return the memberships of groups that ended long enough ago."""
    return GroupMembership.objects.filter(ends_on__lt=timezone.localdate(now - PERIODS["groups"]))


register("groups", groups_over)
