"""Who changes address has the bookings ahead told to the new one, and taken out at the former.

Accounts know nothing of bookings: this listens to their saves, whoever makes them (their owner,
the network team, the admin), and writes in their transaction.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.utils import timezone

from bookings.actions import revise
from bookings.messages.effects import Change
from bookings.models import Booking
from network.models import User


def listen() -> None:
    """Hear of every save of a person."""
    pre_save.connect(remember, sender=User, dispatch_uid="bookings.remember_address")
    post_save.connect(tell, sender=User, dispatch_uid="bookings.tell_address")


def remember(
    sender: type[User],
    instance: User,
    update_fields: Collection[str] | None = None,
    **_signal: Any,
) -> None:
    """Keep the address that the person had until it is saved; most saves are of other fields."""
    is_kept = update_fields is not None and "email" not in update_fields
    is_kept = is_kept or instance._state.adding
    found = None if is_kept else User.objects.filter(pk=instance.pk).values_list("email", flat=True)
    vars(instance)["address_before"] = found.first() if found is not None else None


def tell(sender: type[User], instance: User, **_signal: Any) -> None:
    """Have both addresses told of what is booked ahead."""
    before = vars(instance).pop("address_before", None)
    if before is None or before == instance.email:
        return
    # A save has no clock of its own; it is made by somebody, now.
    now = timezone.now()
    bookings = Booking.objects.of(instance).active().upcoming(now)
    # Two: what the former address is told comes between what it knows and what the new one is told.
    revise(bookings=bookings, now=now, change=Change.CHANGED, steps=2)
