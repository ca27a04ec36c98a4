"""People with bookings ahead are told when the place they go to reads otherwise.

Sites know nothing of bookings: this listens to their saves, whoever makes them, and writes in
their transaction. A save that changes nothing of what an event says tells nobody.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from bookings.actions import revise
from bookings.messages.effects import Change
from bookings.models import Booking
from sites.models import Site, Space, Stop

#: What an event says of each.
TOLD: dict[type[models.Model], tuple[str, ...]] = {
    Site: (
        "name",
        "address",
        "postal_code",
        "commune_id",
        "latitude",
        "longitude",
        "time_zone",
        "is_itinerant",
        "every_access_note",
    ),
    Space: ("name",),
    Stop: ("site_id", "place", "commune_id", "latitude", "longitude", "starts_at", "ends_at"),
}


def listen() -> None:
    """Hear of every save of a place, and of stops that are dropped."""
    for model in TOLD:
        pre_save.connect(remember, sender=model, dispatch_uid=f"bookings.remember.{model}")
        post_save.connect(tell, sender=model, dispatch_uid=f"bookings.tell.{model}")
    post_delete.connect(tell_of_loss, sender=Stop, dispatch_uid="bookings.tell_of_loss")


def remember(sender: type[models.Model], instance: Any, **_signal: object) -> None:
    """Keep what the place said until it is saved."""
    kept = sender._default_manager.filter(pk=instance.pk)
    instance.said_before = None if instance._state.adding else kept.first()


def tell(sender: type[models.Model], instance: Any, **_signal: object) -> None:
    """Have the people whose bookings now read otherwise told."""
    before = instance.said_before
    if before is None and sender is Stop:
        revise_at(instance)
    elif before is not None and said(before) != said(instance):
        revise_at(before, instance)


def said(place: models.Model) -> list[object]:
    """Return what an event says of the place."""
    return [getattr(place, name) for name in TOLD[type(place)]]


def tell_of_loss(sender: type[models.Model], instance: Stop, **_signal: object) -> None:
    """Tell of a stop that is dropped: the site is at its own address then."""
    revise_at(instance)


def revise_at(*places: Site | Space | Stop) -> None:
    """Revise what is booked ahead at these places, and tell."""
    # A save has no clock of its own; it is made by somebody, now.
    now = timezone.now()
    here = models.Q()
    for place in places:
        here |= booked_at(place)
    ahead = Booking.objects.filter(here).active().upcoming(now)
    revise(bookings=ahead, change=Change.MOVED, now=now)


def booked_at(place: Site | Space | Stop) -> models.Q:
    """Return the condition that a booking is at this place."""
    if isinstance(place, Stop):
        times = {
            "allocations__starts_at__lt": place.ends_at,
            "allocations__ends_at__gt": place.starts_at,
        }
        return models.Q(site=place.site_id, **times)
    return models.Q(site=place.pk) if isinstance(place, Site) else models.Q(space=place.pk)
