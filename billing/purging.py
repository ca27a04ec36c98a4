"""That somebody belonged to a customer group is erased once it is over, with what it priced."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from billing.models import Charge, GroupMembership
from network.jobs.chores import register
from network.jobs.retention import PERIODS


def groups_over(now: datetime) -> QuerySet[GroupMembership]:
    """Return the memberships of groups that ended long enough ago, with all that they priced.

    Or a booking would cost something else when it, or one of its week, is changed afterwards.
    """
    then = now - PERIODS["groups"]
    is_over = Q(ends_on__lt=timezone.localdate(then)) | Q(ended_at__lt=then)
    return GroupMembership.objects.filter(is_over, ~Exists(priced_after(then)))


def priced_after(then: datetime) -> QuerySet[Charge]:
    """Return what stands of its person's uses at the price of a membership that end after then."""
    its = Charge.objects.filter(person=OuterRef("person"), group=OuterRef("group"))
    uses = its.filter(kind=Charge.Kind.USE, ends_at__gt=then)
    return uses.exclude(corrections__kind=Charge.Kind.GIVEN_BACK)


register("groups", groups_over)
