"""An employer says that a domain of addresses is its own, or no longer."""

from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Organisation, User
from subscriptions.domains.naming import domain_named
from subscriptions.employers.locking import lock_employer
from subscriptions.employers.rights import refuse_unless_runs
from subscriptions.errors import DomainRefused
from subscriptions.models import Domain

PROOF = "maillage-verification="
#: Bytes of chance of a proof.
SECRET_BYTES = 16
#: Of an employer: each is looked up again and again.
MOST_DOMAINS = 20


@transaction.atomic
def add_domain(*, employer: Organisation, text: str, by: User, now: datetime) -> Domain:
    """Note a domain that is to be proved, with the text to publish.

    Raises DomainRefused, or PermissionDenied.
    """
    refuse_unless_runs(by, employer)
    name = domain_named(text)
    rows = Domain.objects.filter(organisation=lock_employer(employer))
    if rows.filter(name=name).exists():
        raise DomainRefused(_("This domain is there already."))
    if rows.count() >= MOST_DOMAINS:
        words = _("An employer has %(most)s domains at most: delete one first.")
        raise DomainRefused(words % {"most": MOST_DOMAINS})
    refuse_proved(name, employer)
    proof = f"{PROOF}{token_hex(SECRET_BYTES)}"
    return Domain.objects.create(organisation=employer, name=name, proof=proof, made_at=now)


def refuse_proved(name: str, employer: Organisation) -> None:
    """Refuse a domain that is another employer's own."""
    others = Domain.objects.proved().filter(name=name).exclude(organisation=employer)
    if others.exists():
        raise DomainRefused(_("Another employer has proved this domain."))


@transaction.atomic
def delete_domain(*, domain: Domain, by: User) -> None:
    """Delete a domain: nobody joins by it any more; who has joined stays.

    Raises PermissionDenied.
    """
    refuse_unless_runs(by, domain.organisation)
    Domain.objects.filter(pk=domain.pk).delete()
