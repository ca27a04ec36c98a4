"""Who pays for a site."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation
from network.models.fields import DayField
from sites.models.constraints import ends_not_before_start
from sites.models.site import Site


class Funding(models.Model):
    """Money that a site was given: public, so told to everybody.

    The funder is an organisation of the network or, outside of it, a name. An amount not told is
    None, not nothing.
    """

    class Kind(models.TextChoices):
        INVESTMENT = "investment", _("Investment")
        OPERATING = "operating", _("Operating costs")

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="fundings"
    )
    funder = models.ForeignKey(
        Organisation,
        verbose_name=_("funder in the network"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fundings",
    )
    funder_name = models.CharField(_("other funder"), max_length=200, blank=True)
    kind = models.CharField(_("pays for"), max_length=20, choices=Kind)
    amount_cents = models.PositiveBigIntegerField(_("amount (cents)"), null=True, blank=True)
    starts_on = DayField(_("from"))
    ends_on = DayField(_("to (included)"), null=True, blank=True)
    programme = models.CharField(_("programme"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(funder__isnull=False, funder_name="")
                | (models.Q(funder__isnull=True) & ~models.Q(funder_name="")),
                name="funding_has_one_funder",
                violation_error_code="funding_has_one_funder",
                violation_error_message=_("Choose a funder of the network or name another one."),
            ),
            ends_not_before_start("starts_on", "ends_on", name="funding_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.payer} ({self.get_kind_display()})"

    @property
    def payer(self) -> str:
        """Return who pays."""
        return self.funder.name if self.funder else self.funder_name
