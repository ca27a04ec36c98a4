"""Who runs an employer: its people, its subscriptions, what it reads."""

from django.core.exceptions import PermissionDenied

from billing.statements.parties import managed_by
from network.models import Capacity, Organisation, User
from network.models.organisations import OrganisationQuerySet


def employers_run_by(person: User) -> OrganisationQuerySet:
    """Return the employers that a person manages or administers, by their names."""
    return managed_by(person).with_capacity(Capacity.Kind.EMPLOYER)


def refuse_unless_runs(by: User, employer: Organisation) -> None:
    """Raise PermissionDenied unless `by` manages or administers an employer."""
    if not employers_run_by(by).filter(pk=employer.pk).exists():
        raise PermissionDenied
