"""What waits for approval is granted or refused: once, in time, never by who asks."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import User
from subscriptions.approvals.mail import send_answer_mail
from subscriptions.approvals.rights import refuse_unless_answers
from subscriptions.errors import ApprovalRefused
from subscriptions.models import Approval
from subscriptions.signals import approval_answered


@transaction.atomic
def answer(
    *, approval: Approval, is_granted: bool, words: str, by: User, now: datetime
) -> Approval:
    """Grant or refuse what is asked; its person gets a mail, who holds the booking a signal.

    Of two at once the first counts. Raises ApprovalRefused, what the signal's receivers refuse, or
    PermissionDenied.
    """
    refuse_unless_answers(by, approval, timezone.localdate(now))
    row = Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    refuse_late(row, now)
    row.answered_at, row.answered_by = now, by
    row.is_granted, row.words = is_granted, words
    row.save(update_fields=["answered_at", "answered_by", "is_granted", "words"])
    approval_answered.send(sender=Approval, approval=row, by=by, now=now)
    send_answer_mail.enqueue(row.pk)
    return row


def refuse_late(approval: Approval, now: datetime) -> None:
    """Refuse to answer what is answered or over."""
    if approval.answered_at is not None:
        raise ApprovalRefused(closed_words(approval))
    if approval.expires_at <= now:
        raise ApprovalRefused(_("It is too late: the place was kept no longer."))


def closed_words(approval: Approval) -> str:
    """Return how something that is closed was closed."""
    told = {"person": str(approval.answered_by or _("Somebody whose account was deleted"))}
    if approval.is_granted is None:
        return _("The request was withdrawn: nothing is left to answer.")
    if approval.is_granted:
        return _("%(person)s has approved already.") % told
    return _("%(person)s has refused already.") % told
