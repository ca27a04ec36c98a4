"""Who sees what waits for approval, and who answers it: never the person who asks."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from network.models import User
from subscriptions.employers.rights import employers_run_by
from subscriptions.models import Approval, Employee
from subscriptions.models.approvals import ApprovalQuerySet


def approvals_visible_to(person: User, day: date) -> ApprovalQuerySet:
    """Return what somebody may read: of employers that they run, and what they approve.

    Who has left the employer approves of nothing any more.
    """
    run = employers_run_by(person).values("pk")
    of = Employee.objects.filter(person=person).on(day).values("organisation")
    theirs = Q(approver=person) & (Q(organisation__in=of) | Q(organisation__in=run))
    return Approval.objects.filter(Q(organisation__in=run) | theirs)


def approvals_answerable_by(person: User, day: date) -> ApprovalQuerySet:
    """Return what somebody may answer: what they may read, but for what they ask themselves."""
    return approvals_visible_to(person, day).exclude(person=person)


def refuse_unless_answers(by: User, approval: Approval, day: date) -> None:
    """Raise PermissionDenied unless `by` may answer it."""
    if not approvals_answerable_by(by, day).filter(pk=approval.pk).exists():
        raise PermissionDenied
