"""The units that bookings take, each for one interval."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.guard.constraints import HoursLater, unit_not_shared
from bookings.guard.triggers import UNIT_SHARED
from bookings.models.bookings import Booking
from network.models import User
from network.models.constraints import Check
from network.sql import Instant
from sites.intervals import Interval
from sites.models import Site, Space, Unit
from sites.templatetags.when import when_long

#: A local day lasts at most 25 hours, when the clocks go back.
LONGEST_HOURS = 25
LONGEST_ALLOCATION = timedelta(hours=LONGEST_HOURS)


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def holding(self) -> Self:
        """Keep allocations that keep others out."""
        return self.filter(status__in=Allocation.HOLDING)

    def held_by(self, person: User, after: datetime) -> Self:
        """Keep what `person` holds that ends after that instant.

        The end of the booking follows from it, and is what the index of a person's bookings knows.
        """
        return self.holding().filter(
            booking__person=person, booking__ends_at__gt=after, ends_at__gt=after
        )

    def kept(self) -> Self:
        """Keep the times of bookings: what they hold or, once cancelled, held to the end.

        What was given back before is history, and no longer told of the booking.
        """
        return self.exclude(status=Allocation.Status.GIVEN_BACK)

    def between(self, window: Interval) -> Self:
        """Keep allocations that share an instant with `window`."""
        return self.filter(meeting(window))


def meeting(window: Interval) -> models.Q:
    """Return the condition that an allocation shares an instant with `window`.

    The second bound on the end is redundant (no allocation is longer) and is what lets the
    index on the end stop early: measured 6 times faster over a million rows.
    """
    return met(window.starts_at, window.ends_at, window.ends_at + LONGEST_ALLOCATION)


def met(start: Instant, end: Instant, last_end: Instant) -> models.Q:
    """Return the same of a window whose ends are told; `last_end`: LONGEST_ALLOCATION after it."""
    return models.Q(ends_at__gt=start, ends_at__lt=last_end, starts_at__lt=end)


class Allocation(models.Model):
    """One unit given to one booking for one interval, within one day of the site.

    It has no unit only for the instant, inside a transaction, of being re-packed.
    """

    class Status(models.TextChoices):
        HELD = "held", _("On option")
        CONFIRMED = "confirmed", _("Confirmed")
        RELEASED = "released", _("Released")
        GIVEN_BACK = "given_back", _("Given back")

    HOLDING = (Status.HELD, Status.CONFIRMED)

    booking = models.ForeignKey(
        Booking, verbose_name=_("booking"), on_delete=models.CASCADE, related_name="allocations"
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        on_delete=models.PROTECT,
        related_name="allocations",
        db_index=False,
    )
    space = models.ForeignKey(
        Space,
        verbose_name=_("space"),
        on_delete=models.PROTECT,
        related_name="allocations",
        db_index=False,
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="allocations",
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    status = models.CharField(_("status"), max_length=10, choices=Status)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        indexes = [
            models.Index(
                fields=["space", "ends_at", "starts_at", "unit"],
                condition=models.Q(status__in=["held", "confirmed"]),
                name="allocation_holding_in_space",
            )
        ]
        constraints = [
            unit_not_shared(UNIT_SHARED, models.Q(status__in=["held", "confirmed"])),
            Check(
                field="ends_at",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="allocation_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
            Check(
                field="ends_at",
                condition=models.Q(ends_at__lte=HoursLater("starts_at", hours=LONGEST_HOURS)),
                name="allocation_within_a_day",
                violation_error_message=_("A unit is given for one day at most."),
            ),
        ]

    def __str__(self) -> str:
        return when_long(self.interval, self.site.zone)

    @property
    def interval(self) -> Interval:
        """Return the time the unit is given for."""
        return Interval(self.starts_at, self.ends_at)
