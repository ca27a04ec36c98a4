"""The mail that tells somebody that the seller corrected their pass: text and HTML."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from billing.models import Pass, Transfer
from billing.passes.holding import held
from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User


@task()
def send_correction_mail(transfer_id: int, attempt: int = 1) -> str:
    """Tell who holds a pass what its seller gave or took back, unless they have left."""
    row = Transfer.objects.get(pk=transfer_id)
    sold = Pass.objects.select_related("person", "operator").get(pk=row.subject.split(":")[1])
    if sold.person is None:
        return "account deleted"

    def again(at: datetime) -> None:
        send_correction_mail.using(run_after=at).enqueue(transfer_id, attempt + 1)

    with translation.override(sold.person.language):
        message = message_for(row, sold, sold.person)
    return deliver_or_retry(message, attempt=attempt, again=again)


def message_for(row: Transfer, sold: Pass, person: User) -> Message:
    """Return the mail, in the active language."""
    subject = _("Your pass was corrected: %(name)s") % {"name": sold.told_name}
    return templated(
        "billing/email/correction",
        subject=subject,
        context=context_of(row, sold),
        to=person.email,
        key=f"pass-{sold.pk}-correction-{row.pk}",
    )


def context_of(row: Transfer, sold: Pass) -> dict[str, object]:
    """Return what the templates show."""
    (one,) = held(Pass.objects.filter(pk=sold.pk), timezone.now())
    return {
        "name": sold.told_name,
        "seller": sold.operator.name,
        "what": what_words(row.amount, is_given=row.target_id == sold.account_id),
        "why": row.words,
        "left": one.left,
        "page": whole_address_of("pass", sold.pk),
    }


def what_words(count: int, *, is_given: bool) -> str:
    """Return what was given or taken back."""
    given = ngettext(
        "%(count)s half-day was added to your pass.",
        "%(count)s half-days were added to your pass.",
        count,
    )
    taken = ngettext(
        "%(count)s half-day was taken off your pass.",
        "%(count)s half-days were taken off your pass.",
        count,
    )
    return (given if is_given else taken) % {"count": count}
