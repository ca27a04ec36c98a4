"""What waits for approval, for tests: a desk in Villé for 52 € on Tuesday."""

from datetime import timedelta
from typing import Any

from network.models import Organisation, User
from sites.models import Site
from subscriptions.approvals.asking import Wanted, ask_approval
from subscriptions.models import Approval, Employee
from tests.factories import NOW, TUESDAY, make_site, make_user, reads_english
from tests.subscriptions.employers import make_employee, make_employer, make_team


def wanted(**fields: Any) -> Wanted:
    """Return a booking that has to be approved."""
    usual: dict[str, Any] = {
        "subject": "AAAA-AAAA",
        "days": frozenset({TUESDAY}),
        "price_cents": 5_200,
    }
    site = fields.pop("site", None) or Site.objects.first() or make_site("La Ruche")
    return Wanted(**usual | fields, site=site)


def make_asked(employee: Employee | None = None, **fields: Any) -> Approval:
    """Have somebody ask now; it is kept for two hours."""
    return ask_approval(
        wanted=wanted(**fields),
        employee=employee or employee_of(),
        expires_at=NOW + timedelta(hours=2),
        now=NOW,
    )


def employee_of(
    approver: User | None = None, employer: Organisation | None = None, name: str = "Claire Weber"
) -> Employee:
    """Make somebody of a team whose approver that is, by default nobody."""
    employer = employer or make_employer(name="Adira")
    team = make_team(employer, approval_above_cents=4_000, approver=approver)
    return make_employee(employer, reads_english(make_user(name=name)), team=team)


def approver_of(employer: Organisation) -> User:
    """Make an employee who reads English and is to approve."""
    person = make_employee(employer, make_user(name="Paul Muller")).person
    assert person
    return reads_english(person)
