"""The mail that tells somebody of the pass that they have bought: text and HTML."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from billing.models import Charge, Pass
from billing.passes.telling import details_of
from billing.statements.months import Month
from billing.statements.telling import month_words
from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User


@task()
def send_pass_mail(pass_id: int, attempt: int = 1) -> str:
    """Tell who bought a pass what it is and where it stands, unless they have left."""
    bought = Pass.objects.select_related("person", "operator", "site").get(pk=pass_id)
    if bought.person is None:
        return "account deleted"

    def again(at: datetime) -> None:
        send_pass_mail.using(run_after=at).enqueue(pass_id, attempt + 1)

    with translation.override(bought.person.language):
        message = message_for(bought, bought.person)
    return deliver_or_retry(message, attempt=attempt, again=again)


def message_for(bought: Pass, person: User) -> Message:
    """Return the mail, in the active language."""
    subject = _("Pass bought: %(name)s") % {"name": bought.told_name}
    return templated(
        "billing/email/pass",
        subject=subject,
        context=context_of(bought),
        to=person.email,
        key=f"pass-{bought.pk}-bought",
    )


def context_of(bought: Pass) -> dict[str, object]:
    """Return what the templates show."""
    line = Charge.objects.get(kind=Charge.Kind.PASS, subject=bought.subject)
    month = Month.of(timezone.localdate(line.made_at))
    return {
        "name": bought.told_name,
        "details": details_of(bought, line),
        "page": whole_address_of("pass", bought.pk),
        "statement": whole_address_of("own-statement", str(month)),
        "statement_name": _("Statement of %(month)s") % {"month": month_words(month)},
    }
