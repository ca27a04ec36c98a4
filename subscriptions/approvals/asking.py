"""Somebody asks whether a booking may be made on their employer's account, or withdraws that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import User
from network.running import people_running
from sites.models import Site
from subscriptions.approvals.mail import send_approval_mail
from subscriptions.employers.locking import lock_employer
from subscriptions.errors import ApprovalRefused
from subscriptions.models import Approval, Employee
from subscriptions.teams.approvers import approver_for


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A booking that somebody has to approve: its reference, where, on which days, its price."""

    subject: str
    site: Site
    days: frozenset[date]
    price_cents: int


@transaction.atomic
def ask_approval(
    *, wanted: Wanted, employee: Employee, expires_at: datetime, now: datetime
) -> Approval:
    """Ask the approver of an employee's team, or else whoever runs the employer; they get a mail.

    Raises ApprovalRefused for what is asked already.
    """
    employer = lock_employer(employee.organisation)
    open_ones = Approval.objects.filter(subject=wanted.subject, answered_at=None)
    if open_ones.waiting(now).exists():
        raise ApprovalRefused(_("This is asked already."))
    open_ones.update(answered_at=now)
    row = Approval.objects.create(
        organisation=employer,
        person=employee.person,
        approver=named_approver(employee, now),
        subject=wanted.subject,
        site=wanted.site,
        days=[day.isoformat() for day in sorted(wanted.days)],
        price_cents=wanted.price_cents,
        asked_at=now,
        expires_at=expires_at,
    )
    for one in people_told(row):
        send_approval_mail.enqueue(row.pk, one.pk)
    return row


def named_approver(employee: Employee, now: datetime) -> User | None:
    """Return who approves of what an employee books; None: whoever runs the employer."""
    if employee.team is None:
        return None
    return approver_for(employee.team, employee.person, timezone.localdate(now))


def people_told(approval: Approval) -> Iterable[User]:
    """Return who is told that something waits: the approver, else all who run the employer."""
    if approval.approver:
        return [approval.approver]
    running = people_running([approval.organisation_id])
    return [one for one in running if one.pk != approval.person_id]


@transaction.atomic
def withdraw(*, subject: str, now: datetime) -> None:
    """Let a booking wait for nobody any more: it was given up. Nothing where nothing waits."""
    Approval.objects.filter(subject=subject, answered_at=None).update(answered_at=now)
