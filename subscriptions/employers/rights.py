"""Who runs an employer: its people, its subscriptions, what it reads."""

from django.core.exceptions import PermissionDenied

from network.models import Capacity, Membership, Organisation, User
from network.models.organisations import OrganisationQuerySet


def employers_run_by(person: User) -> OrganisationQuerySet:
    """Return the employers that a person manages or administers, by their names."""
    running = person.memberships.filter(role__in=Membership.RUNNING_ROLES)
    found = Organisation.objects.with_capacity(Capacity.Kind.EMPLOYER)
    return found.filter(pk__in=running.values("organisation")).order_by("name", "pk")


def refuse_unless_runs(by: User, employer: Organisation) -> None:
    """Raise PermissionDenied unless `by` manages or administers an employer."""
    if not employers_run_by(by).filter(pk=employer.pk).exists():
        raise PermissionDenied
