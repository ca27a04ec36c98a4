"""What a person picks in a site (spaces) and what a booking takes there (units)."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.constraints import Check, Unique
from network.models.fields import DayField
from sites.models.site import Site
from sites.models.vocabulary import Equipment


def bookable(to_space: str = "") -> models.Q:
    """Return the condition of active spaces of active sites; `to_space` is the way to the space."""
    return models.Q(**{f"{to_space}is_active": True, f"{to_space}site__is_active": True})


class SpaceQuerySet(models.QuerySet["Space"]):
    def bookable(self) -> Self:
        """Keep active spaces of active sites."""
        return self.filter(bookable())


class Space(models.Model):
    """What a person sees and picks: an open space, an office, a meeting room, phone booths.

    Its units are what bookings take. Sold by place, a booking takes as many units as it has
    people; sold as a whole, one unit seats up to `capacity` people. What is booked of each kind,
    and what cannot be yet, is in decision 16.
    """

    class Kind(models.TextChoices):
        DESK = "desk", _("Desk")
        OFFICE = "office", _("Office")
        MEETING_ROOM = "meeting_room", _("Meeting room")
        VIDEO_ROOM = "video_room", _("Video room")
        PHONE_BOOTH = "phone_booth", _("Phone booth")
        TRAINING_ROOM = "training_room", _("Training room")
        WORKSHOP = "workshop", _("Workshop")
        EVENT_HALL = "event_hall", _("Event hall")
        REMOTE_COUNTER = "remote_counter", _("Remote counter")
        LOCKERS = "lockers", _("Lockers")
        SHARED_EQUIPMENT = "shared_equipment", _("Equipment for hire")

    class SoldBy(models.TextChoices):
        PLACE = "place", _("Place: one unit a person")
        WHOLE = "whole", _("Whole: one unit a group")

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="spaces"
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    capacity = models.PositiveSmallIntegerField(
        _("capacity"),
        validators=[MinValueValidator(1)],
        help_text=_("People one booking may bring."),
    )
    sold_by = models.CharField(_("sold by"), max_length=10, choices=SoldBy)
    is_fungible = models.BooleanField(
        _("units are interchangeable"),
        default=True,
        help_text=_("Bookings get a place, not a numbered one; places may be re-arranged."),
    )
    min_minutes = models.PositiveSmallIntegerField(_("shortest booking (min)"), default=30)
    max_minutes = models.PositiveSmallIntegerField(_("longest booking a day (min)"), default=1440)
    advance_days = models.PositiveSmallIntegerField(_("bookable ahead (days)"), default=90)
    description = models.CharField(_("description"), max_length=300, blank=True)
    equipment = models.ManyToManyField(
        Equipment, verbose_name=_("equipment"), blank=True, related_name="spaces"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("takes bookings"), default=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        indexes = [models.Index(fields=["site", "kind"], name="space_kind_in_site")]
        constraints = [
            Check(
                field="capacity",
                condition=models.Q(capacity__gte=1),
                name="space_seats_somebody",
                violation_error_message=_("A space takes at least one person."),
            ),
            Check(
                field="max_minutes",
                condition=models.Q(min_minutes__lte=models.F("max_minutes")),
                name="space_shortest_not_over_longest",
                violation_error_message=_("The longest booking is shorter than the shortest."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def units_for(self, people: int) -> int:
        """Return how many units a booking for `people` takes."""
        return people if self.sold_by == self.SoldBy.PLACE else 1


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self) -> Self:
        """Keep units that can be taken."""
        return self.filter(is_active=True)


class Unit(models.Model):
    """What only one booking can take at a time: a desk of an open space; a room is one unit."""

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="units"
    )
    space = models.ForeignKey(
        Space, verbose_name=_("space"), on_delete=models.CASCADE, related_name="units"
    )
    label = models.CharField(_("label"), max_length=40)
    is_active = models.BooleanField(_("can be taken"), default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        # Searches count the ones and pass over the others: neither index needs the table.
        indexes = [
            models.Index(fields=["space"], condition=models.Q(is_active=True), name="unit_in_use"),
            models.Index(
                fields=["id"], condition=models.Q(is_active=False), name="unit_out_of_use"
            ),
        ]
        constraints = [
            Unique(
                field="label",
                fields=["space", "label"],
                name="unit_label_once_per_space",
                violation_error_message=_("Another unit of the space has this label."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class VideoEndpoint(models.Model):
    """Video-conference equipment of a space, as data for interoperability."""

    class Standard(models.TextChoices):
        SIP = "sip", "SIP"
        H323 = "h323", "H.323"
        WEBRTC = "webrtc", "WebRTC"

    space = models.ForeignKey(
        Space, verbose_name=_("space"), on_delete=models.CASCADE, related_name="video_endpoints"
    )
    standard = models.CharField(_("standard"), max_length=10, choices=Standard)
    address = models.CharField(_("address"), max_length=200, blank=True)
    device = models.CharField(_("device"), max_length=120, blank=True)
    tested_on = DayField(_("last tested on"), null=True, blank=True)

    class Meta:
        verbose_name = _("video endpoint")
        verbose_name_plural = _("video endpoints")

    def __str__(self) -> str:
        return f"{self.get_standard_display()} {self.address}".strip()
