"""A hold: units kept for somebody who has yet to say who they are."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.bookings import Booking
from network.models.constraints import Check
from sites.intervals import Interval
from sites.models import Site, Space, Unit


def new_token() -> str:
    """Return what names a hold in addresses and is not to guess (128 bits)."""
    return secrets.token_urlsafe(16)


class HoldQuerySet(models.QuerySet["Hold"]):
    def live(self, now: datetime) -> Self:
        """Keep holds that keep others out: not at their end yet, and not confirmed."""
        return self.filter(until__gt=now, booking=None)

    def ended(self, now: datetime) -> Self:
        """Keep holds whose time is over, confirmed or not."""
        return self.filter(until__lte=now)

    def of_session(self, session: str) -> Self:
        """Keep the holds of a session, as `bookings.holds.session` names it; "" has none."""
        return self.filter(session=session).exclude(session="")


class Hold(models.Model):
    """Units of one space kept until an instant, for the session that took it.

    It has no person and stands in nobody's list. Its allocations keep others out until it ends;
    confirmed, they become those of `booking`, and the row stays until its end, so that who
    confirms twice gets the same booking. `session` and `caller` are keyed hashes: of what only that
    browser knows, and of an IP address.
    """

    token = models.CharField(_("token"), max_length=22, unique=True, default=new_token)
    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="holds"
    )
    space = models.ForeignKey(
        Space, verbose_name=_("space"), on_delete=models.PROTECT, related_name="holds"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holds",
    )
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    note = models.CharField(_("note"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    session = models.CharField(max_length=64, blank=True)
    caller = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("created at"), editable=False)
    until = models.DateTimeField(_("held until"), db_index=True)
    booking = models.OneToOneField(
        Booking,
        verbose_name=_("booking"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="hold",
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            Check(
                field="people",
                condition=models.Q(people__gte=1),
                name="hold_seats_somebody",
                violation_error_message=_("A booking is for at least one person."),
            ),
            Check(
                field="until",
                condition=models.Q(until__gt=models.F("created_at")),
                name="hold_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # the token is for its session alone

    @property
    def intervals(self) -> list[Interval]:
        """Return the times held, cut at midnights; none once it was confirmed."""
        return sorted({one.interval for one in self.allocations.all()})

    def meets(self, space_id: int, times: Iterable[Interval]) -> bool:
        """Tell whether it keeps something of that space at one of those times."""
        mine = self.intervals if space_id == self.space_id else ()
        return any(had.overlaps(time) for time in times for had in mine)

    def is_live(self, now: datetime) -> bool:
        """Tell whether it still keeps others out."""
        return self.booking_id is None and self.until > now
