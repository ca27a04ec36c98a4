"""A booking: somebody's right to units of one space."""

import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.rights import SEE_ANY
from bookings.rules import next_on_grid
from network.models import Organisation, User
from network.models.constraints import Check
from network.sql import Given, Instant
from sites.intervals import Interval
from sites.models import Site, Space

#: Crockford's base 32: no letter that reads like a digit.
REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10


def new_reference() -> str:
    """Return a reference to say on the telephone and not to guess (50 bits)."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, person: User) -> Self:
        """Keep bookings that `person` has, made, or welcomes as manager of the site.

        Who booked for somebody on their employer's account sees neither hours nor desks of it.
        """
        if person.has_perm(SEE_ANY):
            return self
        return self.filter(
            models.Q(person=person)
            | models.Q(booked_by=person, organisation=None)
            | models.Q(site__in=Site.objects.run_by(person))
        )

    def of(self, person: User | Given) -> Self:
        """Keep the bookings `person` has."""
        return self.filter(person=person)

    def active(self) -> Self:
        """Keep bookings that are not cancelled."""
        return self.filter(status=Booking.Status.CONFIRMED)

    def upcoming(self, now: Instant) -> Self:
        """Keep bookings that are not over."""
        return self.filter(ends_at__gt=now)

    def past(self, now: datetime) -> Self:
        """Keep bookings that are over."""
        return self.filter(ends_at__lte=now)


class Booking(models.Model):
    """Somebody's right to units of one space, over one interval or several."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")

    reference = models.CharField(
        _("reference"), max_length=REFERENCE_LENGTH, unique=True, default=new_reference
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        on_delete=models.PROTECT,
        related_name="bookings",
        db_index=False,
    )
    space = models.ForeignKey(
        Space, verbose_name=_("space"), on_delete=models.PROTECT, related_name="bookings"
    )
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="bookings",
        db_index=False,
    )
    booked_by = models.ForeignKey(
        User, verbose_name=_("booked by"), on_delete=models.PROTECT, related_name="bookings_made"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("on account of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bookings",
    )
    status = models.CharField(_("status"), max_length=10, choices=Status)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    note = models.CharField(_("note"), max_length=500, blank=True)
    #: Chosen when it was made: without, it is paid in money, whatever its person holds.
    spends_passes = models.BooleanField(_("spends passes"), default=True)
    sequence = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        permissions = [
            ("manage_any_booking", _("Can make, change and cancel anybody's booking")),
            ("exceed_quotas", _("Can go beyond the quotas for others")),
        ]
        indexes = [
            models.Index(fields=["person", "ends_at"], name="booking_of_a_person"),
            models.Index(fields=["site", "ends_at"], name="booking_of_a_site"),
        ]
        constraints = [
            Check(
                field="ends_at",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="booking_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
            Check(
                field="people",
                condition=models.Q(people__gte=1),
                name="booking_seats_somebody",
                violation_error_message=_("A booking is for at least one person."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the address of the booking's page."""
        return reverse("booking", args=[self.reference])

    @property
    def is_active(self) -> bool:
        """Tell whether the booking still holds its units."""
        return self.status == self.Status.CONFIRMED

    @property
    def account_of_others(self) -> int | None:
        """Return the key of the employer on whose account somebody else booked it, if one did."""
        return None if self.booked_by_id == self.person_id else self.organisation_id

    @property
    def interval(self) -> Interval:
        """Return the time from the first allocation's start to the last one's end."""
        return Interval(self.starts_at, self.ends_at)

    def has_started(self, now: datetime) -> bool:
        """Tell whether its time has begun."""
        return self.starts_at <= now

    def can_be_changed(self, now: datetime) -> bool:
        """Tell whether its person may still change or cancel it."""
        return self.is_active and not self.has_started(now)

    def can_be_given_back(self, now: datetime) -> bool:
        """Tell whether something is left of it that has not begun."""
        return self.is_active and self.ends_at > next_on_grid(now)
