"""When sites are open: weekly hours, closures, stops of an itinerant site."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Commune
from network.models.constraints import Check
from network.models.earth import LATITUDES, LONGITUDES
from network.templatetags.dates import clock, hour_range
from network.validators import validate_calendar
from sites.clocks import MIDNIGHT, ends_after
from sites.geo import Point
from sites.intervals import Interval
from sites.models.site import Site
from sites.models.spaces import Space


class Weekday(models.IntegerChoices):
    """Days as `date.weekday()` counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OpeningHours(models.Model):
    """One interval of a site's week, in its own time; closing at 00:00 is the day's end."""

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        indexes = [models.Index(fields=["site", "weekday"], name="hours_of_a_day")]
        constraints = [
            Check(
                field="closes_at",
                condition=models.Q(closes_at__gt=models.F("opens_at"))
                | models.Q(closes_at=MIDNIGHT),
                name="hours_close_after_opening",
                violation_error_message=_("Closing must come after opening."),
            )
        ]

    def __str__(self) -> str:
        opens, closes = self.opens_at, self.closes_at
        end_hour = 24 if closes == MIDNIGHT else closes.hour
        hours = hour_range(clock(opens.hour, opens.minute), clock(end_hour, closes.minute))
        return f"{self.get_weekday_display()} {hours}"

    def clean(self) -> None:
        """Refuse hours that overlap others of the same day."""
        if self.opens_at is None or self.closes_at is None:
            return  # the form has said so at the field
        others = OpeningHours.objects.filter(site=self.site_id, weekday=self.weekday)
        for other in others.exclude(pk=self.pk):
            starts_before = ends_after(other.closes_at, self.opens_at)
            if starts_before and ends_after(self.closes_at, other.opens_at):
                raise ValidationError(_("These hours overlap others of the same day."))


class ClosureQuerySet(models.QuerySet["Closure"]):
    def between(self, window: Interval) -> Self:
        """Keep closures that share an instant with `window`."""
        return self.filter(starts_at__lt=window.ends_at, ends_at__gt=window.starts_at)


class Closure(models.Model):
    """A time when the whole site, or one of its spaces, takes nobody."""

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="closures"
    )
    space = models.ForeignKey(
        Space,
        verbose_name=_("space"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text=_("Leave empty to close the whole site."),
    )
    starts_at = models.DateTimeField(_("from"), validators=[validate_calendar])
    ends_at = models.DateTimeField(_("until"), validators=[validate_calendar])
    reason = models.CharField(_("reason"), max_length=200)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        indexes = [models.Index(fields=["site", "ends_at"], name="closure_of_a_site")]
        constraints = [
            Check(
                field="ends_at",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="closure_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def clean(self) -> None:
        """Refuse a space of another site."""
        if self.space is not None and self.space.site_id != self.site_id:
            raise ValidationError({"space": _("This space belongs to another site.")})

    @property
    def interval(self) -> Interval:
        """Return the time closed."""
        return Interval(self.starts_at, self.ends_at)


class StopQuerySet(models.QuerySet["Stop"]):
    def between(self, window: Interval) -> Self:
        """Keep stops that share an instant with `window`."""
        return self.filter(starts_at__lt=window.ends_at, ends_at__gt=window.starts_at)


class Stop(models.Model):
    """Where and when an itinerant site stands.

    Within a local day it is open from start to end; at a stop of several days or months it is open
    in the hours of its week.
    """

    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="stops",
        limit_choices_to={"is_itinerant": True},
    )
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="stops"
    )
    place = models.CharField(_("place"), max_length=200)
    latitude = models.FloatField(_("latitude"), validators=LATITUDES)
    longitude = models.FloatField(_("longitude"), validators=LONGITUDES)
    starts_at = models.DateTimeField(_("from"), validators=[validate_calendar])
    ends_at = models.DateTimeField(_("until"), validators=[validate_calendar])

    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        indexes = [models.Index(fields=["site", "ends_at"], name="stop_of_a_site")]
        constraints = [
            Check(
                field="ends_at",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="stop_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            )
        ]

    def __str__(self) -> str:
        """Return where it is, as people are told: "Place du Marché, Orbey"."""
        return f"{self.place}, {self.commune}"

    @property
    def interval(self) -> Interval:
        """Return the time the site stands there."""
        return Interval(self.starts_at, self.ends_at)

    @property
    def point(self) -> Point:
        """Return where the site stands."""
        return Point(self.latitude, self.longitude)
