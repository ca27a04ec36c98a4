"""Passes that people hold."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.grids import PassOffer
from billing.models.ledger import Account
from billing.models.named import Named
from network.models import Organisation, User
from network.models.fields import DayField
from sites.models import Site, Space


class PassQuerySet(models.QuerySet["Pass"]):
    def of_person(self, person: User) -> Self:
        """Keep a person's passes, those that end first before the others."""
        return self.filter(person=person).order_by("valid_until", "pk")


class Pass(Named):
    """Half-days that somebody bought; what is left of them is its account's balance.

    What the offer said then stands in the row: a later grid changes nothing about it.
    """

    account = models.OneToOneField(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="of_pass"
    )
    offer = models.ForeignKey(
        PassOffer, verbose_name=_("offer"), on_delete=models.PROTECT, related_name="passes"
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="passes"
    )
    operator = models.ForeignKey(
        Organisation,
        verbose_name=_("sold by"),
        on_delete=models.PROTECT,
        related_name="passes_sold",
    )
    kind = models.CharField(_("kind of space"), max_length=20, choices=Space.Kind)
    category = models.CharField(
        _("category of site"), max_length=20, choices=Site.Category, blank=True
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("for one site"),
        null=True,
        on_delete=models.PROTECT,
        related_name="passes",
    )
    half_days = models.PositiveSmallIntegerField(_("half-days"))
    price_cents = models.PositiveIntegerField(_("price (cents, VAT included)"))
    bought_at = models.DateTimeField(_("bought on"))
    #: The end of `last_on` by the clocks of the site where it was bought.
    valid_until = models.DateTimeField(_("valid until"))
    last_on = DayField(_("last day"))

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name = _("pass")
        verbose_name_plural = _("passes")
        indexes = [models.Index(fields=["person", "valid_until"], name="pass_of_person")]

    def __str__(self) -> str:
        return self.told_name.text

    def holds_for(self, kind: str, site: Site, ends_at: datetime) -> bool:
        """Tell whether it could cover a use of that kind at that site, which ends then."""
        return (
            self.kind == kind
            and self.site_id in (None, site.pk)
            and self.category in ("", site.category)
            and self.valid_until >= ends_at
        )

    @property
    def subject(self) -> str:
        """Return how transfers and charges name what they are for: this pass."""
        return f"pass:{self.pk}"
