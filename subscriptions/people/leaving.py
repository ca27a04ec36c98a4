"""Somebody leaves an employer at the end of a day. Nothing else ends an `Employee`."""

from datetime import date, datetime, timedelta

import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import User
from subscriptions.employers.rights import employers_run_by
from subscriptions.errors import EmployeeRefused, LeavingRefused
from subscriptions.models import Employee
from subscriptions.people.mail import send_leaving_mail
from subscriptions.signals import employee_leaves
from subscriptions.taking.seats import take_seats

logger = structlog.get_logger(__name__)

#: Nobody plans a last day longer ahead.
LONGEST = timedelta(days=366)


@transaction.atomic
def leave(*, employee: Employee, last_day: date, by: User, now: datetime) -> Employee:
    """Let somebody book on their employer's account until the end of a day, and tell them.

    By who runs the employer, or by themselves; told again, the day is another one. What they
    booked stays. Raises LeavingRefused for a day that is over or too far, EmployeeRefused for who
    has left, PermissionDenied.
    """
    locked, today = lock_employee(employee), timezone.localdate(now)
    refuse_unless_may(by, locked)
    if locked.until is not None and locked.until < today:
        raise EmployeeRefused(_("This person has left already."))
    if not max(today, locked.since) <= last_day <= today + LONGEST:
        raise LeavingRefused(_("Choose a day from today on, within a year."))
    end(employee=locked, last_day=last_day, by=by, now=now)
    send_leaving_mail.enqueue(locked.pk)
    return locked


def end(*, employee: Employee, last_day: date, by: User | None, now: datetime) -> None:
    """Write the last day of somebody whose row is locked, and of their seats; tell who listens."""
    employee.until = last_day
    employee.save(update_fields=["until"])
    take_seats(employee=employee, last_day=last_day)
    logger.info("employee leaves", employee=employee.pk, by=by.pk if by else None)
    employee_leaves.send(sender=Employee, employee=employee, last_day=last_day, by=by, now=now)


def refuse_unless_may(by: User, employee: Employee) -> None:
    """Raise PermissionDenied unless `by` runs the employer or is the one who leaves."""
    runs = employers_run_by(by).filter(pk=employee.organisation_id)
    if employee.person_id != by.pk and not runs.exists():
        raise PermissionDenied


def lock_employee(employee: Employee) -> Employee:
    """Return somebody as they are now, locked. Raises Employee.DoesNotExist."""
    rows = Employee.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "person").get(pk=employee.pk)
