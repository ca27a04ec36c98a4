"""Somebody makes their organisation an employer: a new one, or one that they administer."""

from typing import NamedTuple

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import Capacity, Membership, Organisation, User
from subscriptions.employers.rights import employers_run_by
from subscriptions.errors import EmployerRefused

logger = structlog.get_logger(__name__)


class Registration(NamedTuple):
    """What an employer says of itself."""

    name: str
    siret: str
    legal_form: str = ""


@transaction.atomic
def register_employer(*, said: Registration, by: User) -> Organisation:
    """Return the employer of a SIRET, which `by` then runs; said twice, it is the same.

    Raises EmployerRefused when the network knows the SIRET and `by` does not administer it.
    """
    told = {"name": said.name, "legal_form": said.legal_form}
    found, is_new = Organisation.objects.get_or_create(siret=said.siret, defaults=told)
    if is_new:
        role = Membership.Role.ADMINISTRATOR
        Membership.objects.create(person=by, organisation=found, role=role)
    elif employers_run_by(by).filter(pk=found.pk).exists():
        return found
    else:
        refuse_unless_administers(by, found)
    Capacity.objects.get_or_create(organisation=found, kind=Capacity.Kind.EMPLOYER)
    logger.info("employer registered", organisation=found.pk, by=by.pk, is_new=is_new)
    return found


def refuse_unless_administers(by: User, organisation: Organisation) -> None:
    """Refuse unless `by` administers an organisation; who does is told to nobody."""
    held = by.memberships.filter(organisation=organisation, role=Membership.Role.ADMINISTRATOR)
    if not held.exists():
        raise EmployerRefused(
            _(
                "The organisation of this SIRET is in the network already."
                " Ask its administrators to let you in, or write to the network."
            )
        )
