"""Who books on an employer's account, and who is invited. Reads only."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from network.models import Organisation, User
from subscriptions.models import Employee, Invitation
from subscriptions.models.employers import EmployeeQuerySet
from subscriptions.models.invitations import InvitationQuerySet


class Counts(NamedTuple):
    """How many people an employer has, and how many are invited."""

    people: int
    invited: int


def people_of(employer: Organisation, day: date, words: str = "") -> EmployeeQuerySet:
    """Return who may book on the employer's account on a day, by name; those that words name."""
    rows: EmployeeQuerySet = (
        Employee.objects.filter(organisation=employer).on(day).exclude(person=None)
    )
    if words:
        rows = rows.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    related = rows.select_related("person", "team", "cost_centre", "organisation")
    return related.order_by("person__name", "person__email", "pk")


def invited_by(employer: Organisation) -> InvitationQuerySet:
    """Return the invitations that wait, ran out or were declined, the last sent first."""
    unanswered = Q(withdrawn_at=None) | Q(is_declined=True)
    rows: InvitationQuerySet = Invitation.objects.filter(
        unanswered, organisation=employer, accepted_at=None
    )
    return rows.select_related("team", "cost_centre").order_by("-sent_at", "email", "pk")


def counts_of(employer: Organisation, now: datetime, day: date) -> Counts:
    """Return how many people an employer has on a day, and how many are invited."""
    invited = Invitation.objects.open(now).filter(organisation=employer)
    return Counts(people_of(employer, day).count(), invited.count())


def employments_of(person: User, day: date) -> EmployeeQuerySet:
    """Return the employers on whose account a person may book on a day, by their names."""
    rows: EmployeeQuerySet = Employee.objects.filter(person=person).on(day)
    related = rows.select_related("organisation", "team", "cost_centre")
    return related.order_by("organisation__name", "pk")
