"""An employer invites people by their addresses; it sends an invitation again, or withdraws it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Organisation, User
from subscriptions.employers.locking import lock_employer
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import InvitationRefused
from subscriptions.models import Invitation
from subscriptions.people.judging import (
    A_DAY,
    Fate,
    Judged,
    Wanted,
    bound_words,
    invitations_left,
    judge,
    of_fate,
)
from subscriptions.people.mail import send_invitation_mail

logger = structlog.get_logger(__name__)


@transaction.atomic
def invite(
    *, employer: Organisation, wanted: Sequence[Wanted], by: User, now: datetime
) -> list[Judged]:
    """Invite those who can be, each by a mail; return what became of every line.

    Sent twice, or by two at once, each is invited once. Raises PermissionDenied.
    """
    refuse_unless_runs(by, employer)
    lock_employer(employer)
    rows = judge(employer=employer, wanted=wanted, by=by, now=now)
    new = of_fate(rows, Fate.NEW)
    let_go_expired(employer, [one.email for one in new], now)
    made = Invitation.objects.bulk_create(
        invitation_of(one, employer=employer, by=by, now=now) for one in new
    )
    for invitation in made:
        send_invitation_mail.enqueue(invitation.pk)
    logger.info("people invited", employer=employer.pk, by=by.pk, count=len(made))
    return rows


@transaction.atomic
def invite_all(
    *, employer: Organisation, wanted: Sequence[Wanted], by: User, now: datetime
) -> list[Judged]:
    """Invite every line that is new, or nobody where one is refused. Raises InvitationRefused."""
    rows = invite(employer=employer, wanted=wanted, by=by, now=now)
    if of_fate(rows, Fate.REFUSED):
        raise InvitationRefused(_("Nobody is invited yet: correct the lines that are refused."))
    return rows


def invitation_of(one: Judged, *, employer: Organisation, by: User, now: datetime) -> Invitation:
    """Return the invitation of a line, not written yet."""
    team, cost_centre = one.wanted.place
    return Invitation(
        organisation=employer,
        email=one.email,
        name=one.wanted.entry.name,
        team=team,
        cost_centre=cost_centre,
        made_at=now,
        made_by=by,
        sent_at=now,
        expires_at=end_of(now),
    )


def end_of(now: datetime) -> datetime:
    """Return until when what is sent now can be accepted."""
    return now + timedelta(days=settings.INVITATION_DAYS)


def let_go_expired(employer: Organisation, emails: Sequence[str], now: datetime) -> None:
    """Withdraw invitations that ran out, so that their addresses can be invited anew."""
    rows = Invitation.objects.waiting().filter(organisation=employer, email__in=emails)
    rows.update(withdrawn_at=now)


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Write once more to who is invited, who may then accept for as long as at first.

    Raises InvitationRefused for one that was answered, or was sent less than a day ago, and where
    as many were written to as may be in a day; PermissionDenied.
    """
    locked = lock_waiting(invitation, by)
    if locked.sent_at and locked.sent_at > now - A_DAY:
        raise InvitationRefused(_("It was sent less than a day ago: wait until tomorrow."))
    if not invitations_left(locked.organisation, by, now):
        raise InvitationRefused(bound_words())
    locked.sent_at, locked.expires_at = now, end_of(now)
    locked.save(update_fields=["sent_at", "expires_at"])
    send_invitation_mail.enqueue(locked.pk)
    return locked


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Let nobody accept an invitation any more. Raises InvitationRefused, PermissionDenied."""
    locked = lock_waiting(invitation, by)
    locked.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])
    return locked


def lock_waiting(invitation: Invitation, by: User) -> Invitation:
    """Return an invitation that was not answered, locked, for who runs the employer.

    Raises InvitationRefused, PermissionDenied.
    """
    refuse_unless_runs(by, invitation.organisation)
    lock_employer(invitation.organisation)
    found = Invitation.objects.waiting().filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationRefused(_("This invitation was answered or withdrawn meanwhile."))
    return found
