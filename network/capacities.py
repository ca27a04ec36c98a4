"""What organisations are in the network: given, and taken back when nothing needs it."""

from collections.abc import Collection

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.errors import Refusal
from network.models import Capacity, Organisation, User
from network.signals import capacity_withdrawn

logger = structlog.get_logger(__name__)


class CapacityRefused(Refusal):
    """A capacity that does not exist, or that an organisation cannot be without."""

    code = "capacity_refused"


@transaction.atomic
def set_capacities(*, organisation: Organisation, kinds: Collection[str], by: User) -> Organisation:
    """Let an organisation take part as `kinds` and as nothing else.

    Raises CapacityRefused as `check_capacities` does.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    check_capacities(organisation=organisation, kinds=kinds)
    held = held_by(organisation)
    organisation.capacities.exclude(kind__in=kinds).delete()
    Capacity.objects.bulk_create(
        Capacity(organisation=organisation, kind=kind) for kind in sorted(set(kinds) - held)
    )
    if set(kinds) != held:
        logger.info("capacities set", organisation=organisation.pk, by=by.pk, kinds=sorted(kinds))
    return organisation


def check_capacities(*, organisation: Organisation, kinds: Collection[str]) -> None:
    """Refuse no capacity, an unknown one, and to take back one that something needs.

    Raises CapacityRefused.
    """
    if not kinds or not set(kinds) <= set(Capacity.Kind.values):
        raise CapacityRefused(_("Choose at least one of the capacities that exist."))
    held = held_by(organisation) if organisation.pk else set()
    for kind in sorted(held - set(kinds)):
        capacity_withdrawn.send(
            sender=Organisation, organisation=organisation, kind=Capacity.Kind(kind)
        )


def held_by(organisation: Organisation) -> set[str]:
    """Return what an organisation is, as the database has it now."""
    return set(Capacity.objects.filter(organisation=organisation).values_list("kind", flat=True))
