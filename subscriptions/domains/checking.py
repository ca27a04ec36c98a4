"""Domains are looked up: found, they are proved; not found twice, a day apart, they are lost."""

from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.models import User
from network.running import people_running
from subscriptions.domains.lookup import texts_of
from subscriptions.domains.mail import send_domain_lost_mail
from subscriptions.domains.writing import refuse_proved
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import DomainRefused, LookUpFailed
from subscriptions.models import Domain
from subscriptions.models.invitations import DomainQuerySet

logger = structlog.get_logger(__name__)

A_DAY = timedelta(days=1)
#: At a time, so that a worker does not wait for long where the DNS does not answer.
MOST_LOOKED_UP = 5


def look_up(*, domain: Domain, by: User, now: datetime) -> Domain:
    """Ask the DNS whether the proof of a domain is published, and write down what it says.

    Raises LookUpFailed where it says nothing, DomainRefused for a domain that another employer has
    proved, Domain.DoesNotExist for one that was deleted meanwhile, or PermissionDenied.
    """
    refuse_unless_runs(by, domain.organisation)
    is_found = domain.proof in texts_of(domain.name)
    try:
        return note(domain_id=domain.pk, is_found=is_found, now=now)
    except IntegrityError as error:
        raise DomainRefused(_("Another employer has proved this domain.")) from error


@transaction.atomic
def note(*, domain_id: int, is_found: bool, now: datetime) -> Domain:
    """Write down whether a proof was found. Raises DomainRefused, or Domain.DoesNotExist."""
    rows = Domain.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("organisation").get(pk=domain_id)
    row.checked_at = now
    if is_found:
        note_found(row, now)
    else:
        note_missing(row, now)
    row.save()
    return row


def note_found(row: Domain, now: datetime) -> None:
    """Have a domain be its employer's own. Raises DomainRefused where it is another's."""
    refuse_proved(row.name, row.organisation)
    row.missing_since = None
    if row.verified_at is None or row.lost_at is not None:
        row.verified_at, row.lost_at = now, None


def note_missing(row: Domain, now: datetime) -> None:
    """Have a proved domain be missing; lost if it was a day ago: who runs its employer is told."""
    if row.verified_at is None or row.lost_at is not None:
        return
    row.missing_since = row.missing_since or now
    if now - row.missing_since >= A_DAY:
        row.lost_at = now
        for person in people_running([row.organisation_id]):
            send_domain_lost_mail.enqueue(row.pk, person.pk)


def look_up_again(now: datetime) -> None:
    """Look up proved domains that nobody did for a day, some at a time.

    Several workers may do so at once. One for which the DNS does not answer waits for its turn.
    """
    for row in due(now)[:MOST_LOOKED_UP]:
        try:
            note(domain_id=row.pk, is_found=row.proof in texts_of(row.name), now=now)
        except (LookUpFailed, DomainRefused) as failed:
            Domain.objects.filter(pk=row.pk).update(checked_at=now)
            logger.warning("domain not looked up", domain=row.name, reason=str(failed.message))
        except Domain.DoesNotExist:
            logger.info("domain deleted meanwhile", domain=row.name)


def due(now: datetime) -> DomainQuerySet:
    """Return the proved domains that are to be looked up again, the longest waiting first."""
    return Domain.objects.proved().filter(checked_at__lte=now - A_DAY).order_by("checked_at", "pk")
