"""What is approved becomes a booking, what is not is let go: in the transaction of the answer."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings.charges.turns import Agreed
from bookings.errors import HoldEnded
from bookings.holds.holding import confirm, release
from bookings.models import Hold
from bookings.wishes import Means
from subscriptions.models import Approval
from subscriptions.signals import approval_answered


def listen() -> None:
    """Follow every answer."""
    approval_answered.connect(follow, dispatch_uid="bookings.approvals")


def follow(approval: Approval, now: datetime, **told: Any) -> None:
    """Book what was approved for its person, or let it go. Raises what `confirm` raises."""
    held = Hold.objects.filter(token=approval.subject).first()
    if approval.is_granted:
        book_approved(approval, held, now)
    elif held is not None:
        release(hold=held)


def book_approved(approval: Approval, held: Hold | None, now: datetime) -> None:
    """Book what was held. Raises HoldEnded when nothing is held any more, or for nobody."""
    if held is None or approval.person is None:
        raise HoldEnded(_("Nothing is held any more: there is nothing to approve."))
    confirm(
        hold=held,
        person=approval.person,
        now=now,
        agreed=Agreed(is_approved=True),
        means=Means(on_account_of=approval.organisation_id),
    )
