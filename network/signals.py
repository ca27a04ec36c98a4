"""What the packages above are told, and what is kept true of allauth's rows."""

from typing import Any

from django.dispatch import Signal

from network.addresses import canonical

#: Addresses that open something of `person` (a User) without signing in must stop working.
addresses_withdrawn = Signal()
#: The account of `person` was closed, by `by` and `now`: what others gave them ends.
account_closed = Signal()
#: `organisation` is to stop being `kind`: who needs it so raises CapacityRefused.
capacity_withdrawn = Signal()


def keep_canonical(sender: object, instance: Any, **told: Any) -> None:
    """Save an allauth EmailAddress in its canonical form. Raises AddressRefused."""
    instance.email = canonical(instance.email)
