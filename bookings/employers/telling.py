"""What waits for an employer's approval, in words."""

from django.utils.translation import gettext as _

from network.templatetags.dates import moment_words
from subscriptions.models import Approval


def waiting_words(asked: Approval) -> str:
    """Return who was asked, and until when the place is kept."""
    told = {
        "approver": str(asked.approver or asked.organisation.name),
        "until": moment_words(asked.expires_at),
    }
    return _("%(approver)s is asked to approve. The place is kept for you until %(until)s.") % told
