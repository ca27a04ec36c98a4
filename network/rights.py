"""Named permissions over people, and who is stronger than whom.

`is_staff` opens the administration, no more: every power is a permission, given through groups.
"""

from django.contrib.auth.models import Permission
from django.db.models import Q

from network.models import Membership, User

#: To end anybody's API token.
REVOKE_ANY_TOKEN = "network.revoke_any_token"
#: To say who runs the sites of an operator: roles that manage, and the operator of a site.
APPOINT_MANAGERS = "network.appoint_managers"


def permissions_of(person: User) -> set[str]:
    """Return the permissions that `person` has, or would have again if made active."""
    granted = Permission.objects.filter(Q(user=person) | Q(group__user=person))
    names = granted.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in names}


def is_stronger(person: User, than: User) -> bool:
    """Tell whether `person` may do something that `than` could not do or give.

    Running sites counts: it is given by those who may appoint managers.
    """
    if than.is_superuser or than.pk == person.pk:
        return False
    if person.is_superuser or not permissions_of(person) <= than.get_all_permissions():
        return True
    runs = person.memberships.filter(role__in=Membership.RUNNING_ROLES)
    return not than.has_perm(APPOINT_MANAGERS) and runs.exists()


def may_appoint(by: User, person: User, role: str) -> bool:
    """Tell whether `by` may write that `person` has this role in an organisation."""
    if by.is_superuser:
        return True
    if person.pk == by.pk:
        return False
    return role not in Membership.RUNNING_ROLES or by.has_perm(APPOINT_MANAGERS)
