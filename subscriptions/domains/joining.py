"""Who has an address at an employer's own domain joins it without an invitation."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Capacity, Organisation, User
from subscriptions.domains.naming import domain_of
from subscriptions.errors import DomainRefused
from subscriptions.models import Domain, Employee
from subscriptions.models.invitations import DomainQuerySet
from subscriptions.people.joining import Place, join


def domains_of(person: User) -> DomainQuerySet:
    """Return the proved domains at which a person has shown that an address is theirs."""
    proven = EmailAddress.objects.filter(user=person, verified=True)
    names = {domain_of(one) for one in proven.values_list("email", flat=True)}
    return Domain.objects.proved().filter(name__in=names)


def employers_joinable(person: User) -> list[Organisation]:
    """Return the employers that a person may join by an address of theirs, by name.

    None that they have left, or are to leave: an account keeps an address that was shown once, so
    only an invitation leads back.
    """
    known = Employee.objects.filter(person=person).values("organisation")
    some = Organisation.objects.filter(pk__in=domains_of(person).values("organisation"))
    rows = some.filter(capacities__kind=Capacity.Kind.EMPLOYER).exclude(pk__in=known)
    return list(rows.order_by("name", "pk"))


@transaction.atomic
def join_by_domain(*, employer: Organisation, by: User, now: datetime) -> Employee:
    """Let a person book on the account of an employer at whose domain they have an address.

    Raises DomainRefused without such an address, or for who has left; EmployeeRefused for who is
    there.
    """
    if not domains_of(by).filter(organisation=employer).exists():
        raise DomainRefused(_("You have no confirmed address at a domain of this employer."))
    if Employee.objects.filter(organisation=employer, person=by, until__isnull=False).exists():
        raise DomainRefused(_("You have left this employer: ask it to invite you again."))
    return join(organisation=employer, person=by, place=Place(), now=now)
