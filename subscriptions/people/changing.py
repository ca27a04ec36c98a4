"""What an employer changes of one of its people: where they are, and for whom they book."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.models import User
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.models import Employee
from subscriptions.people.joining import Place
from subscriptions.people.leaving import lock_employee


@transaction.atomic
def change_employee(
    *, employee: Employee, place: Place, books_for_others: bool, by: User
) -> Employee:
    """Put somebody in another team or cost centre, and say whether they book for others.

    What they booked before stays where it was. Raises PermissionDenied, also for a team or a cost
    centre of another employer.
    """
    refuse_unless_runs(by, employee.organisation)
    if any(one and one.organisation_id != employee.organisation_id for one in place):
        raise PermissionDenied
    locked = lock_employee(employee)
    locked.team, locked.cost_centre = place
    locked.books_for_others = books_for_others
    locked.save(update_fields=["team", "cost_centre", "books_for_others"])
    return locked
