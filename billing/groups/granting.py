"""Who runs a site, or the network's team, says that somebody belongs to a customer group.

They have seen what proves it; nothing of it is kept.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import GroupRefused
from billing.grids.rights import Body, operators_of, speaks_for
from billing.models import Charge, GroupMembership, Pass
from billing.models.groups import GroupMembershipQuerySet
from billing.prices.groups import Group
from network.models import User

#: To say of anybody which group they belong to, for the network team, and to end it.
GRANT_ANY = "billing.add_groupmembership"
#: To read of anybody which group they belong to.
VIEW_ANY = "billing.view_groupmembership"
#: After so long it is shown anew: most of what proves a group holds for a year.
LONGEST = timedelta(days=366)


class Grant(NamedTuple):
    """That a person belongs to a group until a day, included, and which operator says so.

    Without an operator the network team does.
    """

    person: User
    group: Group
    ends_on: date
    operator: Body = None


def people_grantable(by: User, body: Body) -> QuerySet[User]:
    """Return of whom `by` may say a group for an operator, or the team: never of themselves.

    An operator says it of its customers: those it charged something, or sold a pass.
    """
    people = User.objects.filter(is_active=True).exclude(pk=by.pk)
    if not speaks_for(by, body, GRANT_ANY):
        return people.none()
    if body is None:
        return people
    charged = Charge.objects.of_operator(body).filter(person__isnull=False).values("person")
    sold = Pass.objects.filter(operator=body, person__isnull=False).values("person")
    return people.filter(pk__in=charged) | people.filter(pk__in=sold)


def groups_visible_to(by: User) -> GroupMembershipQuerySet:
    """Return the groups that the operators of `by` said; by a permission, those of everybody."""
    if by.has_perm(VIEW_ANY):
        return GroupMembership.objects.all()
    return GroupMembership.objects.filter(operator__in=operators_of(by))


@transaction.atomic
def grant_group(*, grant: Grant, by: User, now: datetime) -> GroupMembership:
    """Have a person belong to a group from now on until a day, included, within a year.

    It counts for what is booked since. Said again by the same body, the last day is the new one and
    the beginning stays. Raises GroupRefused for the standard group, a day that is over or too far;
    PermissionDenied.
    """
    today = timezone.localdate(now)
    if not people_grantable(by, grant.operator).filter(pk=grant.person.pk).exists():
        raise PermissionDenied
    if grant.group == Group.STANDARD:
        raise GroupRefused(_("Everybody pays the standard price without being told."))
    if not today <= grant.ends_on <= today + LONGEST:
        raise GroupRefused(_("Choose a day from today on, within a year."))
    User.objects.select_for_update(no_key=True).get(pk=grant.person.pk)
    said = {"ends_on": grant.ends_on, "granted_by": by}
    key = {"person": grant.person, "group": grant.group, "operator": grant.operator}
    running = GroupMembership.objects.at(now, today).filter(**key)
    if running.update(**said):
        return running.latest("pk")
    return GroupMembership.objects.create(**key, **said, granted_at=now)


@transaction.atomic
def end_group(*, membership: GroupMembership, by: User, now: datetime) -> None:
    """Have somebody belong to a group no longer, from now on. Raises PermissionDenied.

    What they booked before, also on the same day, keeps its price.
    """
    if not may_end(membership, by):
        raise PermissionDenied
    rows = GroupMembership.objects.filter(pk=membership.pk)
    rows.at(now, timezone.localdate(now)).update(ended_at=now)


def may_end(membership: GroupMembership, by: User) -> bool:
    """Tell whether `by` may end it: for who said it, or the network team; never their own."""
    is_own = membership.person_id == by.pk
    speaks = by.has_perm(GRANT_ANY) or speaks_for(by, membership.operator, GRANT_ANY)
    return speaks and not is_own
