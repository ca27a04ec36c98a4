"""Mails to who is invited by an employer, and to who leaves one: text and HTML."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User
from network.templatetags.dates import date_words
from subscriptions.models import Employee, Invitation

OVER = "no longer to be told"


@task()
def send_invitation_mail(invitation_id: int, attempt: int = 1) -> str:
    """Ask somebody to join an employer, unless it was answered, withdrawn or erased meanwhile."""
    rows = Invitation.objects.open(timezone.now()).select_related("organisation", "made_by")
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is None:
        return OVER

    def again(at: datetime) -> None:
        send_invitation_mail.using(run_after=at).enqueue(invitation_id, attempt + 1)

    with translation.override(language_of(invitation)):
        message = invitation_message(invitation)
    return deliver_or_retry(message, attempt=attempt, again=again)


def language_of(invitation: Invitation) -> str:
    """Return the language of who signs in with the address, else of who invites."""
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    by = invitation.made_by
    return known or (by.language if by else settings.LANGUAGE_CODE)


def invitation_message(invitation: Invitation) -> Message:
    """Return the mail, in the active language; sent again, it is another one."""
    employer, sent_at = invitation.organisation.name, invitation.sent_at or invitation.made_at
    return templated(
        "subscriptions/email/invitation",
        subject=_("%(employer)s invites you to its account") % {"employer": employer},
        context={
            "employer": employer,
            "address": invitation.email,
            "until": date_words(invitation.expires_at),
            "page": whole_address_of("invitation", invitation.key),
        },
        to=invitation.email,
        key=f"invitation-{invitation.pk}-{sent_at:%Y%m%d%H%M%S}",
    )


@task()
def send_leaving_mail(employee_id: int, attempt: int = 1) -> str:
    """Tell somebody their last day at an employer, unless they stay or their account is gone."""
    rows = Employee.objects.select_related("person", "organisation")
    employee = rows.filter(pk=employee_id).first()
    if employee is None or employee.person is None or employee.until is None:
        return OVER

    def again(at: datetime) -> None:
        send_leaving_mail.using(run_after=at).enqueue(employee_id, attempt + 1)

    with translation.override(employee.person.language):
        message = leaving_message(employee, employee.person)
    return deliver_or_retry(message, attempt=attempt, again=again)


def leaving_message(employee: Employee, person: User) -> Message:
    """Return the mail, in the active language."""
    employer, last_day = employee.organisation.name, employee.until
    assert last_day is not None
    page = whole_address_of("bookings")
    return templated(
        "subscriptions/email/leaving",
        subject=_("%(employer)s: your last day on its account") % {"employer": employer},
        context={"employer": employer, "last_day": date_words(last_day), "page": page},
        to=person.email,
        key=f"leaving-{employee.pk}-{last_day:%Y%m%d}",
    )
