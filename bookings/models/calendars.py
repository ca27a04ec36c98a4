"""What the calendars of people were told, and the addresses they ask."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.bookings import Booking
from network.models import User
from sites.intervals import Interval


class SentAppointmentQuerySet(models.QuerySet["SentAppointment"]):
    def standing(self) -> Self:
        """Keep those that a calendar may still hold: sent, and not taken out since."""
        is_out = models.Q(withdrawn__gte=models.F("requested"))
        return self.exclude(is_out, withdrawn__isnull=False)


class SentAppointment(models.Model):
    """What the calendar at one address was told of one event of a booking.

    `requested` is the last revision handed to the mail server (`since` the first), written before
    it is: a mail of unknown fate counts as sent. `withdrawn` is the last one that took the event
    out, written after it was sent, for one of unknown fate must be sent again. `times` are pairs
    of instants in ISO 8601, `place` is its address, latitude and longitude, where known.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="appointments_sent")
    number = models.PositiveSmallIntegerField()
    email = models.EmailField()
    since = models.PositiveIntegerField()
    requested = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField(null=True)
    times = models.JSONField()
    place = models.JSONField(null=True)

    objects = SentAppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "number", "email"],
                name="appointment_once_per_address",
                violation_error_message=_("This address was told of this appointment already."),
                violation_error_code="appointment_once_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}-{self.number}"

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Return the times that were told."""
        return tuple(Interval(*map(datetime.fromisoformat, pair)) for pair in self.times)

    @property
    def is_out(self) -> bool:
        """Tell whether it was taken out since it was last put in."""
        return self.withdrawn is not None and self.withdrawn >= self.requested

    @property
    def is_former(self) -> bool:
        """Tell whether it was sent to an address that the person has left."""
        return bool(self.email != self.booking.person.email)


#: The version of an address that was never replaced, of which there may be no row.
FIRST_VERSION = 1


class CalendarFeed(models.Model):
    """A person's private calendar address. Its token is signed from `version`, not stored."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    version = models.PositiveIntegerField(default=FIRST_VERSION)

    def __str__(self) -> str:
        return f"{self.person} ({self.version})"
