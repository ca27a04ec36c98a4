"""The units that bookings and holds take, each for one interval."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.guard.constraints import HoursLater, unit_not_shared
from bookings.guard.triggers import UNIT_SHARED
from bookings.models.bookings import Booking
from bookings.models.holds import Hold
from network.models import User
from network.models.constraints import Check
from network.sql import Given, Instant
from sites.intervals import Interval
from sites.models import Site, Space, Unit
from sites.templatetags.when import when_long

#: A local day lasts at most 25 hours, when the clocks go back.
LONGEST_HOURS = 25
LONGEST_ALLOCATION = timedelta(hours=LONGEST_HOURS)


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def guarded(self) -> Self:
        """Keep what the database lets nobody meet: confirmed, and held, also past its end."""
        return self.filter(status__in=Allocation.GUARDED)

    def keeping_out(self, now: Instant) -> Self:
        """Keep allocations that keep others out at `now`: confirmed, or held and not at its end.

        Asked this way, the index of what is guarded answers alone.
        """
        return self.guarded().filter(
            models.Q(held_until__isnull=True) | models.Q(held_until__gt=now)
        )

    def confirmed(self) -> Self:
        """Keep what bookings have."""
        return self.filter(status=Allocation.Status.CONFIRMED)

    def held_by(self, person: User | Given, after: Instant) -> Self:
        """Keep what `person` holds that ends after that instant.

        The end of the booking follows from it, and is what the index of a person's bookings knows.
        """
        return self.confirmed().filter(
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
    """One unit given to one booking, or hold, for one interval, within one day of the site.

    `held_until` is when the hold ends: it repeats the hold's, so that searches read one table.
    It has no unit only for the instant, inside a transaction, of being re-packed.
    """

    class Status(models.TextChoices):
        HELD = "held", _("Held")
        CONFIRMED = "confirmed", _("Confirmed")
        RELEASED = "released", _("Released")
        GIVEN_BACK = "given_back", _("Given back")

    GUARDED = (Status.HELD, Status.CONFIRMED)

    booking = models.ForeignKey(
        Booking,
        verbose_name=_("booking"),
        null=True,
        on_delete=models.CASCADE,
        related_name="allocations",
    )
    hold = models.ForeignKey(
        Hold,
        verbose_name=_("hold"),
        null=True,
        on_delete=models.CASCADE,
        related_name="allocations",
        db_index=False,
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
    held_until = models.DateTimeField(_("held until"), null=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        indexes = [
            models.Index(
                fields=["space", "ends_at", "starts_at", "unit", "held_until"],
                condition=models.Q(status__in=["held", "confirmed"]),
                name="allocation_guarded_in_space",
            ),
            models.Index(
                fields=["hold"],
                condition=models.Q(hold__isnull=False),
                name="allocation_of_a_hold",
            ),
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
            Check(
                field="booking",
                condition=models.Q(booking__isnull=False, hold__isnull=True)
                | models.Q(booking__isnull=True, hold__isnull=False),
                name="allocation_of_booking_or_hold",
                violation_error_message=_("A unit is given to a booking or kept by a hold."),
            ),
            Check(
                field="held_until",
                condition=models.Q(status="held", hold__isnull=False, held_until__isnull=False)
                | (~models.Q(status="held") & models.Q(hold__isnull=True, held_until__isnull=True)),
                name="allocation_held_until_its_end",
                violation_error_message=_("What is held, and only that, has an end of the hold."),
            ),
        ]

    def __str__(self) -> str:
        return when_long(self.interval, self.site.zone)

    @property
    def interval(self) -> Interval:
        """Return the time the unit is given for."""
        return Interval(self.starts_at, self.ends_at)
