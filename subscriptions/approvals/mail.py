"""The mails about approvals: to who answers, and to who asked. Text and HTML."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User
from network.templatetags.dates import moment_words
from subscriptions.approvals.telling import days_words, details_of, person_words, site_words
from subscriptions.models import Approval


@task()
def send_approval_mail(approval_id: int, person_id: int, attempt: int = 1) -> str:
    """Tell somebody that they are asked to approve, unless it is closed or they have left."""
    asked = Approval.objects.told().get(pk=approval_id)
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None or asked.answered_at is not None or asked.expires_at <= timezone.now():
        return "nothing to answer"

    def again(at: datetime) -> None:
        send_approval_mail.using(run_after=at).enqueue(approval_id, person_id, attempt + 1)

    with translation.override(person.language):
        message = asked_message(asked, person)
    return deliver_or_retry(message, attempt=attempt, again=again)


@task()
def send_answer_mail(approval_id: int, attempt: int = 1) -> str:
    """Tell who asked what was answered, unless they have left."""
    answered = Approval.objects.told().get(pk=approval_id)
    if answered.person is None:
        return "account deleted"

    def again(at: datetime) -> None:
        send_answer_mail.using(run_after=at).enqueue(approval_id, attempt + 1)

    with translation.override(answered.person.language):
        message = answered_message(answered, answered.person)
    return deliver_or_retry(message, attempt=attempt, again=again)


def asked_message(asked: Approval, person: User) -> Message:
    """Return the mail to who is asked, in the active language."""
    told = {"person": person_words(asked), "site": site_words(asked)}
    return templated(
        "subscriptions/email/approval_asked",
        subject=_("%(person)s asks you to approve a booking: %(site)s") % told,
        context={
            "employer": asked.organisation.name,
            "details": details_of(asked),
            "until": moment_words(asked.expires_at),
            "page": whole_address_of("approval", asked.pk),
        },
        to=person.email,
        key=f"approval-{asked.pk}-asked-{person.pk}",
    )


def answered_message(answered: Approval, person: User) -> Message:
    """Return the mail to who asked, in the active language."""
    granted, refused = _("Approved: %(site)s, %(days)s"), _("Not approved: %(site)s, %(days)s")
    told = {"site": site_words(answered), "days": days_words(answered)}
    return templated(
        "subscriptions/email/approval_answered",
        subject=(granted if answered.is_granted else refused) % told,
        context={
            "what": what_words(answered),
            "by": str(answered.answered_by or ""),
            "why": answered.words,
            "details": details_of(answered)[1:],
            "page": whole_address_of("bookings"),
        },
        to=person.email,
        key=f"approval-{answered.pk}-answered",
    )


def what_words(answered: Approval) -> str:
    """Return what was answered, and what becomes of the booking."""
    told = {"by": str(answered.answered_by or ""), "employer": answered.organisation.name}
    if answered.is_granted:
        words = _("%(by)s approved: you are booked on the account of %(employer)s.")
    else:
        words = _("%(by)s did not approve: nothing is booked on the account of %(employer)s.")
    return words % told
