"""An organisation that people book on the account of stays an employer."""

from typing import Any

from django.utils.translation import gettext as _

from network.capacities import CapacityRefused
from network.models import Capacity, Organisation
from subscriptions.models import Employee, Subscription


def keep_employer(
    sender: object, organisation: Organisation, kind: Capacity.Kind, **told: Any
) -> None:
    """Refuse to let it stop while somebody stays there, or a subscription without end runs.

    Raises CapacityRefused.
    """
    if kind != Capacity.Kind.EMPLOYER:
        return
    if Employee.objects.filter(organisation=organisation).staying().exists():
        raise CapacityRefused(
            _("People book on its account: tell their last days before it stops being an employer.")
        )
    if Subscription.objects.of_organisation(organisation).filter(ends_on=None).exists():
        raise CapacityRefused(_("It has a subscription: end it before it stops being an employer."))
