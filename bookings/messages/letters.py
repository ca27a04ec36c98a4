"""What is to be told of a booking, and to whom: one event of those it makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.calendars import Appointment
from bookings.calendars.appointments import times_of
from bookings.models import Booking
from sites.intervals import Interval


class Change(models.TextChoices):
    """What happened to a booking; what is impossible of it is said whatever happened."""

    BOOKED = "booked", gettext_lazy("Booking confirmed")
    CHANGED = "changed", gettext_lazy("Booking changed")
    MOVED = "moved", gettext_lazy("Practical details changed")
    IMPOSSIBLE = "impossible", gettext_lazy("Booking maintained")
    KEPT = "kept", gettext_lazy("Booking maintained")
    CANCELLED = "cancelled", gettext_lazy("Booking cancelled")
    #: All or a part of it was given up, because the site is closed then.
    CLOSED = "closed", gettext_lazy("Booking changed")


@dataclass(frozen=True)
class Letter:
    """What is to be told now of which booking: one event (`about`) of those it makes.

    The first tells of the whole booking, for people; the others bring the further events, for a
    message of the kind that calendars act on holds one UID.
    """

    booking: Booking
    change: Change
    about: Appointment
    events: Sequence[Appointment]
    now: datetime
    is_farewell: bool = False

    @property
    def is_first(self) -> bool:
        """Tell whether this letter tells of the whole booking."""
        return not self.is_farewell and self.about.number == self.events[0].number

    @property
    def is_cancellation(self) -> bool:
        """Tell whether it says that the whole booking is cancelled."""
        return not self.is_farewell and not self.booking.is_active

    @property
    def is_withdrawal(self) -> bool:
        """Tell whether it only takes an event out of a calendar, for a booking that goes on."""
        return self.is_farewell or (self.booking.is_active and self.about.is_cancelled)

    @property
    def is_neutral(self) -> bool:
        """Tell whether it takes an event out of a calendar though no time is lost."""
        return self.is_farewell or (self.is_withdrawal and not self.lost)

    @property
    def lost(self) -> list[Interval]:
        """Return what its event was told to have and the booking has no longer."""
        left = list(self.about.intervals)
        for held in times_of(self.events):
            left = [part for one in left for part in one.without(held)]
        return left

    @property
    def times(self) -> list[Interval]:
        """Return the times that it tells of."""
        if self.is_withdrawal and not self.is_farewell:
            return self.lost or times_of(self.events)
        return times_of(self.events) if self.is_first else list(self.about.intervals)

    @property
    def missed(self) -> dict[Interval, str]:
        """Return which of the times that it tells of can no longer be had, and why."""
        told = self.events if self.is_first else [self.about]
        return dict(sorted(pair for one in told for pair in one.missed))

    @property
    def kept(self) -> list[Interval]:
        """Return the times that it tells of and that can be had."""
        return [time for time in self.times if time not in self.missed]

    @property
    def is_whole(self) -> bool:
        """Tell whether all of the booking can be had."""
        return not any(one.missed for one in self.events)

    @property
    def can_change(self) -> bool:
        """Tell whether the booking may still be changed or cancelled."""
        return self.booking.can_be_changed(self.now)

    @property
    def can_give_back(self) -> bool:
        """Tell whether it has begun, and something is left to give back."""
        return not self.can_change and self.booking.can_be_given_back(self.now)

    @property
    def others(self) -> int:
        """Return how many further letters bring the booking's other events."""
        return len(self.events) - 1

    @property
    def fact(self) -> str:
        """Return what happened, in two or three words."""
        if self.is_neutral:
            return _("Your calendar is updated")
        if self.is_withdrawal:
            return _("No longer booked")
        if self.missed:
            return _("No longer possible")
        if not self.booking.is_active:
            return str(Change.CANCELLED.label)
        return str(self.change.label)
