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

    What the offer said then stands in the row: a later grid changes nothing about it. One that
    `takes` more than one of its half-days for a half-day somewhere says so by category of site and
    kind of space, and holds there alone; else it takes one, for its kind.
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
    takes = models.JSONField(_("taken by a half-day"), default=dict, blank=True)
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
            bool(self.taken_at(kind, site.category))
            and self.site_id in (None, site.pk)
            and self.valid_until >= ends_at
        )

    def is_for(self, kind: str) -> bool:
        """Tell whether it holds for a kind of space, at some sites."""
        if self.takes:
            return any(kind in kinds for kinds in self.takes.values())
        return self.kind == kind

    def taken_at(self, kind: str, category: str) -> int:
        """Return how many of its half-days a half-day of that kind takes at sites of a category.

        None of them where it does not hold.
        """
        if self.takes:
            return int(self.takes.get(category, {}).get(kind, 0))
        return int(self.kind == kind and self.category in ("", category))

    @property
    def subject(self) -> str:
        """Return how transfers and charges name what they are for: this pass."""
        return f"pass:{self.pk}"
