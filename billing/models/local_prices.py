"""Prices of one site: within the band, or below it with somebody who pays the difference."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.grids import Priced, not_dearer_off_peak
from billing.prices.groups import Group
from network.models import Organisation, User
from network.models.constraints import Check, Unique
from network.models.fields import DayField
from network.sql import Given
from sites.models import Site
from sites.models.constraints import ends_not_before_start


class OfSite(Priced):
    """A price that one site has of its own."""

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def ware_words(self) -> list[str]:
        """Return what it is a price of: kind, duration, the group if it is not for everybody."""
        words = [self.get_kind_display(), self.get_duration_display()]
        return words if self.group == Group.STANDARD else [*words, self.get_group_display()]


class LocalPriceQuerySet(models.QuerySet["LocalPrice"]):
    def of_price(self, site: Site, kind: str, duration: str, group: str) -> Self:
        """Keep what a site asks for one thing, the earliest first."""
        told = {"site": site, "kind": kind, "duration": duration, "group": group}
        return self.filter(**told).order_by("starts_on")

    def in_force(self, day: date | Given) -> Self:
        """Keep local prices that had begun by `day`, the last first: of each the first counts."""
        return self.filter(starts_on__lte=day).order_by(
            "site", "kind", "duration", "group", "-starts_on"
        )


class LocalPrice(OfSite):
    """A site's own price from a day on, within the band of the grid, set before that day.

    An empty price (`is_withdrawn`) returns the site to the grid's from that day.
    """

    starts_on = DayField(_("from"))
    is_withdrawn = models.BooleanField(_("back to the grid's price"), default=False)
    set_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(_("set on"), editable=False)

    objects = LocalPriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("local price")
        verbose_name_plural = _("local prices")
        constraints = [
            Unique(
                field="starts_on",
                fields=["site", "kind", "duration", "group", "starts_on"],
                name="local_price_told_once_from_a_day",
                violation_error_message=_("The site has a price from this day already."),
            ),
            not_dearer_off_peak("local_price_not_dearer_off_peak"),
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.get_kind_display()} · {self.get_duration_display()}"


class SubsidyQuerySet(models.QuerySet["Subsidy"]):
    def in_force(self, day: date | Given) -> Self:
        """Keep subsidies that run on `day`."""
        return self.not_over(day).filter(starts_on__lte=day)

    def not_over(self, day: date | Given) -> Self:
        """Keep subsidies that run on `day` or later."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day))

    def of_price(self, row: OfSite) -> Self:
        """Keep subsidies of the same price as `row`'s, which is not one of them itself."""
        same = {name: getattr(row, name) for name in ("kind", "duration", "group")}
        return self.filter(site=row.site_id, **same).exclude(pk=row.pk)


class Subsidy(OfSite):
    """What people pay at a site while `funder` pays the rest of the full price, and why."""

    funder = models.ForeignKey(
        Organisation,
        verbose_name=_("funder"),
        on_delete=models.PROTECT,
        related_name="subsidies",
    )
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = DayField(_("from"))
    ends_on = DayField(_("to (included)"), null=True, blank=True)

    objects = SubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidised price")
        verbose_name_plural = _("subsidised prices")
        constraints = [
            Unique(
                field="starts_on",
                fields=["site", "kind", "duration", "group", "starts_on"],
                name="subsidy_told_once_from_a_day",
                violation_error_message=_("The site has a price from this day already."),
            ),
            ends_not_before_start("starts_on", "ends_on", name="subsidy_ends_after_it_starts"),
            Check(
                field="reason",
                condition=~models.Q(reason=""),
                name="subsidy_has_a_reason",
                violation_error_message=_("Say why the price is subsidised."),
            ),
            not_dearer_off_peak("subsidy_not_dearer_off_peak"),
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.funder}"

    def clean(self) -> None:
        """Refuse days on which the same price is subsidised already."""
        if self.starts_on is not None and self.overlapping().exists():
            words = _("The price is subsidised on some of these days already: end that one first.")
            raise ValidationError({"starts_on": words})

    def overlapping(self) -> SubsidyQuerySet:
        """Return other subsidies of the same price that run on one of its days."""
        others = Subsidy.objects.of_price(self).not_over(self.starts_on)
        return others if self.ends_on is None else others.filter(starts_on__lte=self.ends_on)
