"""What waits for an employer's approval, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from network.models import User
from network.templatetags.dates import moment_words
from subscriptions.models import Approval


def waiting_words(asked: Approval) -> str:
    """Return who was asked, and until when the place is kept."""
    told = {
        "approver": str(asked.approver or asked.organisation.name),
        "until": moment_words(asked.expires_at),
    }
    return _("%(approver)s is asked to approve. The place is kept for you until %(until)s.") % told


def waiting_of(person: User, now: datetime) -> list[Approval]:
    """Return what of a person waits for approval, the most urgent first: one query."""
    rows = Approval.objects.told().waiting(now).filter(person=person)
    return list(rows.order_by("expires_at", "pk"))
