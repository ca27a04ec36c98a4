"""Who issues charges, and with which VAT."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.prices.vat import Regime
from network.models import Organisation, User
from network.models.constraints import Check, Unique
from network.models.fields import DayField
from network.sql import Given

#: Basis points of the French standard rate (20 %, code général des impôts, article 278).
STANDARD_RATE = 2000
#: How an operator stands to VAT that has said nothing: regime and rate.
UNTOLD = Regime.TAXABLE, STANDARD_RATE


class VatRegimeQuerySet(models.QuerySet["VatRegime"]):
    def in_force(self, day: date | Given) -> Self:
        """Keep regimes that had begun by `day`, the last first: of each issuer the first counts."""
        return self.filter(starts_on__lte=day).order_by("operator", "-starts_on")

    def of(self, operator: Organisation, day: date) -> "VatRegime":
        """Return an operator's regime on a day; unwritten, that of whoever said nothing."""
        told = self.in_force(day).filter(operator=operator).first()
        regime, rate = UNTOLD
        return told or VatRegime(operator=operator, starts_on=day, regime=regime, rate=rate)


class VatRegime(models.Model):
    """How an operator stands to VAT from a day on; without a row it is subject to it at 20 %."""

    operator = models.ForeignKey(
        Organisation,
        verbose_name=_("operator"),
        on_delete=models.CASCADE,
        related_name="vat_regimes",
    )
    starts_on = DayField(_("from"))
    regime = models.CharField(_("regime"), max_length=20, choices=Regime)
    rate = models.PositiveSmallIntegerField(
        _("rate (hundredths of a per cent)"), default=STANDARD_RATE, help_text=_("2000 is 20 %.")
    )

    set_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(_("set on"), null=True, editable=False)

    objects = VatRegimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("VAT regime")
        verbose_name_plural = _("VAT regimes")
        constraints = [
            Unique(
                field="starts_on",
                fields=["operator", "starts_on"],
                name="vat_regime_begins_once_a_day",
                violation_error_message=_("The operator has a regime from this day already."),
            ),
            Check(
                field="rate",
                condition=models.Q(regime=Regime.TAXABLE, rate__gt=0, rate__lte=10_000)
                | (~models.Q(regime=Regime.TAXABLE) & models.Q(rate=0)),
                name="vat_rate_of_its_regime",
                violation_error_message=_("Only who is subject to VAT has a rate of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator} · {self.get_regime_display()}"
