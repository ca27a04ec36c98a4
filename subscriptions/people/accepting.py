"""Who is invited accepts or declines: only somebody who showed that the address is theirs."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import User
from subscriptions.employers.locking import lock_employer
from subscriptions.errors import InvitationRefused
from subscriptions.models import Employee, Invitation
from subscriptions.people.joining import Place, join


def is_theirs(invitation: Invitation, person: User) -> bool:
    """Tell whether a person has shown that the invited address is theirs."""
    proven = EmailAddress.objects.filter(user=person, verified=True)
    return bool(proven.filter(email=invitation.email).exists())


@transaction.atomic
def accept(*, invitation: Invitation, by: User, now: datetime) -> Employee:
    """Let who is invited book on the employer's account; accepted twice, they are there.

    Raises InvitationRefused for anybody else, and for an invitation that is over; EmployeeRefused
    for who came by another way, or where the employer is none any more.
    """
    locked = lock_invitation(invitation, by)
    there = Employee.objects.filter(organisation=locked.organisation, person=by, until=None).first()
    if locked.accepted_by_id == by.pk and there is not None:
        return there
    refuse_over(locked, now)
    take_name(by, locked.name)
    locked.accepted_at, locked.accepted_by = now, by
    locked.save(update_fields=["accepted_at", "accepted_by"])
    if there is not None:
        return there
    place = Place(locked.team, locked.cost_centre)
    return join(organisation=locked.organisation, person=by, place=place, now=now)


@transaction.atomic
def decline(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Say no to an invitation; its employer sees it. Raises InvitationRefused."""
    locked = lock_invitation(invitation, by)
    refuse_over(locked, now)
    locked.withdrawn_at, locked.is_declined = now, True
    locked.save(update_fields=["withdrawn_at", "is_declined"])
    return locked


def lock_invitation(invitation: Invitation, by: User) -> Invitation:
    """Return an invitation as it is now, its employer locked. Raises InvitationRefused."""
    lock_employer(invitation.organisation)
    found = Invitation.objects.select_related("organisation", "team", "cost_centre")
    locked = found.get(pk=invitation.pk)
    if not is_theirs(locked, by):
        raise InvitationRefused(_("This invitation is for another address than yours."))
    return locked


def refuse_over(invitation: Invitation, now: datetime) -> None:
    """Refuse an invitation that can be accepted no more, in words. Raises InvitationRefused."""
    if not invitation.is_open(now):
        raise InvitationRefused(over_words(invitation))


def over_words(invitation: Invitation) -> str:
    """Return why an invitation can be accepted no more."""
    if invitation.accepted_at is not None:
        return _("This invitation was accepted already.")
    if invitation.is_declined:
        return _("You declined this invitation. Ask your employer for another one.")
    if invitation.withdrawn_at is not None:
        return _("Your employer has withdrawn this invitation.")
    return _("This invitation has run out. Ask your employer to send it again.")


def take_name(person: User, name: str) -> None:
    """Let a person without a name have the one they were invited by; they may change it."""
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
