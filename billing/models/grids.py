"""The tariff grid: the prices of the whole network, in versions."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.named import Named
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import Organisation, User
from network.models.constraints import Check, Unique
from network.models.fields import DayField
from sites.models import Site, Space


class TariffGridQuerySet(models.QuerySet["TariffGrid"]):
    def adopted(self) -> Self:
        """Keep grids that were put in force, or will be on their day."""
        return self.filter(adopted_at__isnull=False)

    def drafts(self) -> Self:
        """Keep grids that were never put in force."""
        return self.filter(adopted_at__isnull=True)

    def without_document(self) -> Self:
        """Keep grids whose deliberation has no text here."""
        return self.filter(deliberation_document="")

    def in_force(self, day: date) -> "TariffGrid | None":
        """Return the grid in force on `day`: the last that began."""
        return self.adopted().filter(in_force_from__lte=day).order_by("-in_force_from").first()

    def next_after(self, day: date) -> "TariffGrid | None":
        """Return the grid adopted to follow the one in force on `day`."""
        return self.to_come(day).first()

    def to_come(self, day: date) -> Self:
        """Keep the grids adopted to follow the one in force on `day`, the next first."""
        return self.adopted().filter(in_force_from__gt=day).order_by("in_force_from")


class TariffGrid(Named):
    """A version of the network's prices, VAT included, in euros.

    It is in force from its day until the next one's. Once adopted it is never edited: a new version
    follows. A booking is priced by the grid in force on the day it is made, and keeps that price.
    """

    in_force_from = DayField(_("in force from"))
    planned_from = DayField(
        _("first day that was planned"),
        null=True,
        editable=False,
        help_text=_("Where it could not be kept."),
    )
    operator = models.ForeignKey(
        Organisation,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafted_grids",
        help_text=_("Empty: the network team."),
    )
    adopted_at = models.DateTimeField(_("put in force on"), null=True, editable=False)
    adopted_by = models.ForeignKey(
        User,
        verbose_name=_("put in force by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deliberated_on = DayField(_("deliberation of"), null=True, blank=True)
    deliberation_number = models.CharField(
        _("number of the deliberation"), max_length=60, blank=True
    )
    deliberation_document = models.FileField(
        _("text of the deliberation"), upload_to="deliberations/", blank=True
    )

    objects = TariffGridQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariff grid")
        verbose_name_plural = _("tariff grids")
        permissions = [("adopt_tariffgrid", _("Can put a tariff grid in force"))]
        constraints = [
            Unique(
                field="in_force_from",
                fields=["in_force_from"],
                condition=models.Q(adopted_at__isnull=False),
                name="grid_alone_in_force",
                violation_error_message=_("Another grid comes into force on this day."),
            ),
            Check(
                field="deliberation_number",
                condition=models.Q(adopted_at__isnull=True)
                | (models.Q(deliberated_on__isnull=False) & ~models.Q(deliberation_number="")),
                name="grid_adopted_by_a_deliberation",
                violation_error_message=_("A grid is put in force by a deliberation: name it."),
            ),
        ]

    def __str__(self) -> str:
        return self.told_name.text

    @property
    def is_adopted(self) -> bool:
        """Tell whether the grid can no longer be edited."""
        return self.adopted_at is not None


class OfGrid(models.Model):
    """A row of one grid: it is the grid that is adopted, with all its rows."""

    grid = models.ForeignKey(
        TariffGrid, verbose_name=_("grid"), on_delete=models.CASCADE, related_name="%(class)ss"
    )

    class Meta:
        abstract = True


def not_dearer_off_peak(name: str) -> Check:
    """Return the constraint that the price outside peak hours is not above the other."""
    return Check(
        field="off_peak_cents",
        condition=models.Q(off_peak_cents__isnull=True)
        | models.Q(off_peak_cents__lte=models.F("price_cents")),
        name=name,
        violation_error_message=_("Outside peak hours, the price is at most that of peak hours."),
    )


class Priced(models.Model):
    """What one place of a kind costs a group for a duration. Cents, VAT included.

    Without a price off peak, it is the same.
    """

    kind = models.CharField(_("kind of space"), max_length=20, choices=Space.Kind)
    duration = models.CharField(_("duration"), max_length=10, choices=Duration)
    group = models.CharField(
        _("customer group"), max_length=20, choices=Group, default=Group.STANDARD
    )
    price_cents = models.PositiveIntegerField(_("price (cents, VAT included)"))
    off_peak_cents = models.PositiveIntegerField(
        _("price outside peak hours (cents)"), null=True, blank=True
    )

    class Meta:
        abstract = True


class GridPrice(OfGrid, Priced):
    """A price of one grid, for a category of sites."""

    category = models.CharField(_("category of site"), max_length=20, choices=Site.Category)

    class Meta:
        verbose_name = _("price of a grid")
        verbose_name_plural = _("prices of a grid")
        constraints = [
            Unique(
                field="duration",
                fields=["grid", "category", "kind", "duration", "group"],
                name="grid_price_told_once",
                violation_error_message=_("The grid has this price already."),
            ),
            not_dearer_off_peak("grid_price_not_dearer_off_peak"),
        ]

    def __str__(self) -> str:
        parts = (self.get_category_display(), self.get_kind_display(), self.get_duration_display())
        return " · ".join(str(part) for part in parts)


class Band(OfGrid):
    """How far a site's own price may lie below and above the grid's, in per cent of it.

    Without a band, as with one of 0 and 0, there is one price everywhere.
    """

    category = models.CharField(_("category of site"), max_length=20, choices=Site.Category)
    kind = models.CharField(_("kind of space"), max_length=20, choices=Space.Kind)
    below_percent = models.PositiveSmallIntegerField(
        _("below the grid (%)"), default=0, validators=[MaxValueValidator(100)]
    )
    above_percent = models.PositiveSmallIntegerField(
        _("above the grid (%)"), default=0, validators=[MaxValueValidator(1000)]
    )

    class Meta:
        verbose_name = _("band of a grid")
        verbose_name_plural = _("bands of a grid")
        constraints = [
            Unique(
                field="kind",
                fields=["grid", "category", "kind"],
                name="band_told_once",
                violation_error_message=_("The grid has this band already."),
            ),
            Check(
                field="below_percent",
                condition=models.Q(below_percent__lte=100),
                name="band_leaves_no_negative_price",
                violation_error_message=_("A price is at most 100 % below the grid."),
            ),
        ]

    def __str__(self) -> str:
        return f"−{self.below_percent} % / +{self.above_percent} %"


class OffPeak(OfGrid):
    """Hours of a weekday that are off peak, by the site's clocks, for one kind or for all."""

    kind = models.CharField(
        _("kind of space"),
        max_length=20,
        choices=Space.Kind,
        blank=True,
        help_text=_("Empty: all."),
    )
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), help_text=_("0 is Monday."), validators=[MaxValueValidator(6)]
    )
    starts_at = models.TimeField(_("starts at"))
    ends_at = models.TimeField(_("ends at"), help_text=_("00:00 is the end of the day."))

    class Meta:
        verbose_name = _("hours outside peak time")
        verbose_name_plural = _("hours outside peak time")
        constraints = [
            Check(
                field="weekday",
                condition=models.Q(weekday__lte=6),
                name="off_peak_on_a_weekday",
                violation_error_message=_("A week has the days 0 to 6."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class PassOffer(Named, OfGrid):
    """A pass that the grid sells: half-days of a kind, to use within some months.

    A pass of one site holds for the site it is bought at alone.
    """

    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(
        _("kind of space"), max_length=20, choices=Space.Kind, default=Space.Kind.DESK
    )
    category = models.CharField(
        _("category of site"),
        max_length=20,
        choices=Site.Category,
        blank=True,
        help_text=_("Empty: every site."),
    )
    is_of_one_site = models.BooleanField(_("for one site"), default=False)
    half_days = models.PositiveSmallIntegerField(_("half-days"))
    valid_months = models.PositiveSmallIntegerField(_("valid for (months)"), default=6)
    price_cents = models.PositiveIntegerField(_("price (cents, VAT included)"))

    class Meta:
        verbose_name = _("pass on offer")
        verbose_name_plural = _("passes on offer")
        constraints = [
            Unique(
                field="code",
                fields=["grid", "code"],
                name="pass_offer_code_once_in_a_grid",
                violation_error_message=_("Another pass of the grid has this code."),
            ),
            Check(
                field="half_days",
                condition=models.Q(half_days__gte=1, valid_months__gte=1),
                name="pass_offer_holds_something",
                violation_error_message=_("A pass holds one half-day at least, for a month."),
            ),
        ]

    def __str__(self) -> str:
        return self.told_name.text
