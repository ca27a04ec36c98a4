"""The mail that tells who runs an employer that the proof of a domain is gone."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from network.hrefs import whole_address_of
from network.jobs.tasks import deliver_or_retry
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User
from subscriptions.models import Domain


@task()
def send_domain_lost_mail(domain_id: int, person_id: int, attempt: int = 1) -> str:
    """Tell somebody that a domain is lost, unless it is back, deleted, or they have left."""
    rows = Domain.objects.filter(pk=domain_id, lost_at__isnull=False)
    row = rows.select_related("organisation").first()
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if row is None or person is None:
        return "nothing to tell"

    def again(at: datetime) -> None:
        send_domain_lost_mail.using(run_after=at).enqueue(domain_id, person_id, attempt + 1)

    with translation.override(person.language):
        message = lost_message(row, person)
    return deliver_or_retry(message, attempt=attempt, again=again)


def lost_message(row: Domain, person: User) -> Message:
    """Return the mail, in the active language."""
    return templated(
        "subscriptions/email/domain_lost",
        subject=_("The proof of %(name)s is gone") % {"name": row.name},
        context={
            "name": row.name,
            "proof": row.proof,
            "employer": row.organisation.name,
            "page": whole_address_of("employer-domains", row.organisation_id),
        },
        to=person.email,
        key=f"domain-{row.pk}-lost-{row.lost_at:%Y%m%d%H%M}-{person.pk}",
    )
