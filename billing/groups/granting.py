"""Who runs a site, or the network's team, says that somebody belongs to a customer group.

They have seen what proves it; nothing of it is kept.
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import GroupRefused
from billing.models import GroupMembership
from billing.prices.groups import Group
from network.models import User
from sites.models import Site

#: To say of anybody which group they belong to.
GRANT_ANY = "billing.add_groupmembership"
#: After so long it is shown anew: most of what proves a group holds for a year.
LONGEST = timedelta(days=366)


def may_grant(by: User, person: User) -> bool:
    """Tell whether `by` may say of which group somebody is: never of themselves."""
    if by.pk == person.pk:
        return False
    return by.has_perm(GRANT_ANY) or Site.objects.run_by(by).exists()


@transaction.atomic
def grant_group(
    *, person: User, group: Group, ends_on: date, by: User, now: datetime
) -> GroupMembership:
    """Have a person belong to a group from today until a day, included, within a year.

    Raises GroupRefused for the standard group, a day that is over or too far; PermissionDenied.
    """
    if not may_grant(by, person):
        raise PermissionDenied
    today = timezone.localdate(now)
    if group == Group.STANDARD:
        raise GroupRefused(_("Everybody pays the standard price without being told."))
    if not today <= ends_on <= today + LONGEST:
        raise GroupRefused(_("Choose a day from today on, within a year."))
    return GroupMembership.objects.create(
        person=person, group=group, starts_on=today, ends_on=ends_on, granted_by=by, granted_at=now
    )


@transaction.atomic
def end_group(*, membership: GroupMembership, by: User, now: datetime) -> None:
    """Have somebody belong to a group no longer, from today on. Raises PermissionDenied."""
    if not may_grant(by, membership.person):
        raise PermissionDenied
    rows = GroupMembership.objects.filter(pk=membership.pk)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    rows.filter(starts_on__gt=yesterday).delete()
    rows.filter(ends_on__gt=yesterday).update(ends_on=yesterday)
