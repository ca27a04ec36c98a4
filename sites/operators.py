"""Whoever runs sites takes part as an operator."""

from typing import Any

from django.utils.translation import gettext as _

from network.capacities import CapacityRefused
from network.models import Capacity, Organisation


def keep_operator(
    sender: object, organisation: Organisation, kind: Capacity.Kind, **told: Any
) -> None:
    """Refuse that an organisation with sites stops being an operator. Raises CapacityRefused."""
    if kind == Capacity.Kind.OPERATOR and organisation.sites.exists():
        raise CapacityRefused(
            _("It runs sites: give them to another operator before it stops being one.")
        )
