"""Who may approve what a team's people book: somebody of the employer, never the person itself."""

from datetime import date

from django.db.models import Q, QuerySet

from network.models import Organisation, User
from network.running import people_running
from subscriptions.employers.rights import employers_run_by
from subscriptions.models import Employee, Team


def people_to_approve(employer: Organisation, day: date) -> QuerySet[User]:
    """Return who may be named as an approver: who runs the employer or is its employee on a day."""
    employees = Employee.objects.filter(organisation=employer).on(day)
    running = people_running([employer.pk])
    named = Q(pk__in=employees.values("person")) | Q(pk__in=running.values("pk"))
    return User.objects.filter(named, is_active=True).order_by("name", "pk")


def approver_for(team: Team, person: User | None, day: date) -> User | None:
    """Return who approves of what a person of a team books; None: whoever runs the employer.

    An approver who has left approves of nothing any more, and nobody of what is their own.
    """
    named = team.approver
    if named is None or named == person:
        return None
    return people_to_approve(team.organisation, day).filter(pk=named.pk).first()


def runs(person: User, employer: Organisation) -> bool:
    """Tell whether a person runs an employer: nobody need approve of what they book."""
    return employers_run_by(person).filter(pk=employer.pk).exists()
