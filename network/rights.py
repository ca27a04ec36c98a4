"""Named permissions over people, and who is stronger than whom.

`is_staff` opens the administration, no more: every power is a permission, given through groups.
"""

from network.models import Membership, User

#: To end anybody's API token.
REVOKE_ANY_TOKEN = "network.revoke_any_token"
#: To say who runs the sites of an operator: roles that manage, and the operator of a site.
APPOINT_MANAGERS = "network.appoint_managers"


def is_stronger(person: User, than: User) -> bool:
    """Tell whether `person` may do something that `than` could not do or give.

    Running sites counts: it is given by those who may appoint managers.
    """
    if than.pk == person.pk:
        return False
    if not than.powers().cover(person.powers()):
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
