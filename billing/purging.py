"""That somebody belonged to a customer group is erased once it is over."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from billing.models import GroupMembership
from network.jobs.chores import register
from network.jobs.retention import PERIODS


def groups_over(now: datetime) -> QuerySet[GroupMembership]:
    """Return the memberships of groups that ended long enough ago."""
    then = now - PERIODS["groups"]
    is_over = Q(ends_on__lt=timezone.localdate(then)) | Q(ended_at__lt=then)
    return GroupMembership.objects.filter(is_over)


register("groups", groups_over)
