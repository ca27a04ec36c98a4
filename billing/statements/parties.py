"""Whose statement it is: a person's, an organisation's that pays, an operator's that earns."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from billing.models import Account, Charge
from billing.models.charges import ChargeQuerySet
from network.models import Capacity, Membership, Organisation, User
from network.models.organisations import OrganisationQuerySet


@dataclass(frozen=True)
class Party:
    """Who owes or earns: their lines, and the account of the ledger that moves with them.

    `purses`: what their passes hold; of an operator, where those that it sold come from. An
    employer sees whose each day is and what it costs, never the hours.
    """

    name: str
    lines: ChargeQuerySet
    accounts: QuerySet[Account]
    is_operator: bool = False
    is_employer: bool = False
    purses: QuerySet[Account] = field(default_factory=Account.objects.none)


def of_person(person: User) -> Party:
    """Return a person who owes for themselves."""
    owed = Account.objects.filter(person=person, kind=Account.Kind.OWED)
    passes = Account.objects.filter(person=person, kind=Account.Kind.PASS)
    lines = Charge.objects.of_person(person)
    return Party(person.name or person.email, lines, owed, purses=passes)


def of_payer(organisation: Organisation) -> Party:
    """Return an organisation as one that owes: for its people, or for what it subsidises."""
    owed = Account.objects.filter(organisation=organisation, kind=Account.Kind.OWED)
    lines = Charge.objects.of_organisation(organisation)
    is_employer = pays_for_people(organisation, lines)
    return Party(organisation.name, lines, owed, is_employer=is_employer)


def pays_for_people(organisation: Organisation, lines: ChargeQuerySet) -> bool:
    """Tell whether people may book on account of an organisation, or have done so."""
    is_employer = organisation.capacities.filter(kind=Capacity.Kind.EMPLOYER).exists()
    return is_employer or lines.filter(on_account_of=organisation).exists()


def of_operator(organisation: Organisation) -> Party:
    """Return an organisation as one that earns: for what it hosted, and the passes it sold."""
    earned = Account.objects.filter(organisation=organisation, kind=Account.Kind.EARNED)
    lines = Charge.objects.of_operator(organisation)
    sold = Account.objects.filter(organisation=organisation, kind=Account.Kind.SOLD)
    return Party(organisation.name, lines, earned, is_operator=True, purses=sold)


def managed_by(person: User) -> OrganisationQuerySet:
    """Return the organisations whose statements a person may read: those that they manage."""
    running = person.memberships.filter(role__in=Membership.RUNNING_ROLES)
    return Organisation.objects.filter(pk__in=running.values("organisation")).order_by("name", "pk")


def managed_party(person: User, organisation: int, side: str) -> Party:
    """Return an organisation that the person manages, as one that owes or earns. Raises Http404."""
    if side not in SIDES:
        raise Http404
    return SIDES[side](get_object_or_404(managed_by(person), pk=organisation))


#: What stands in addresses for each side of an organisation.
SIDES = {"owed": of_payer, "earned": of_operator}
