"""Employers for tests, and their people: of Monday's NOW, without a team or a cost centre."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress

from network.models import Membership, Organisation, User
from subscriptions.models import CostCentre, Employee, Invitation, Team
from tests.factories import MONDAY, NOW, make_organisation, make_user, numbers


def make_employer(by: User | None = None, name: str = "", **fields: Any) -> Organisation:
    """Make an employer that `by` administers; without one it is run by nobody."""
    employer = make_organisation(name or f"Employer {next(numbers)}", "employer", **fields)
    if by:
        runs(by, employer)
    return employer


def runs(
    person: User, employer: Organisation, role: Membership.Role = Membership.Role.ADMINISTRATOR
) -> Membership:
    """Let a person administer an employer, or be of another role there."""
    return Membership.objects.create(person=person, organisation=employer, role=role)


def make_employee(
    employer: Organisation | None = None, person: User | None = None, **fields: Any
) -> Employee:
    """Make somebody who may book on an employer's account since Monday."""
    return Employee.objects.create(
        organisation=employer or make_employer(),
        person=person or make_user(),
        **{"since": MONDAY} | fields,
    )


def make_team(employer: Organisation, name: str = "", **fields: Any) -> Team:
    """Make a team without rules."""
    return Team.objects.create(
        organisation=employer, name=name or f"Team {next(numbers)}", **fields
    )


def make_cost_centre(employer: Organisation, code: str = "", name: str = "") -> CostCentre:
    """Make a cost centre."""
    return CostCentre.objects.create(
        organisation=employer, code=code or f"cc-{next(numbers)}", name=name
    )


def make_invitation(employer: Organisation, email: str = "", **fields: Any) -> Invitation:
    """Make an invitation that was sent now and holds for 30 days."""
    usual: dict[str, Any] = {
        "made_at": NOW,
        "sent_at": NOW,
        "expires_at": NOW + timedelta(days=30),
    }
    return Invitation.objects.create(
        organisation=employer,
        email=email or f"invited{next(numbers)}@employer.example",
        **usual | fields,
    )


def confirmed(email: str, **fields: Any) -> User:
    """Make somebody who has shown that the address is theirs."""
    person = make_user(email, **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
