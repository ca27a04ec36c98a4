"""Passes that people hold."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.grids import PassOffer
from billing.models.ledger import Account
from billing.models.named import Named
from network.models import Organisation, User
from network.models.constraints import Unique
from network.models.fields import DayField
from network.sql import Given, Instant
from sites.intervals import Interval
from sites.models import Site, Space


class PassQuerySet(models.QuerySet["Pass"]):
    def of_person(self, person: User) -> Self:
        """Keep passes that a person bought, those that end first before the others."""
        return self.bought().filter(person=person).order_by("valid_until", "pk")

    def bought(self) -> Self:
        """Keep passes that somebody bought: not what a subscription grants."""
        return self.filter(offer__isnull=False)


class Pass(Named):
    """Half-days that somebody bought, or is granted; what is left of them is its account's balance.

    What the offer said then stands in the row: a later grid changes nothing about it. One that
    `takes` more than one of its half-days for a half-day somewhere says so by category of site and
    kind of space, and holds there alone; else it takes one, for its kind.

    Granted, it has no offer. What is `on_account_of` an organisation covers only what is booked on
    account of the same.
    """

    account = models.OneToOneField(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="of_pass"
    )
    offer = models.ForeignKey(
        PassOffer,
        verbose_name=_("offer"),
        null=True,
        on_delete=models.PROTECT,
        related_name="passes",
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="passes"
    )
    on_account_of = models.ForeignKey(
        Organisation,
        verbose_name=_("on account of"),
        null=True,
        on_delete=models.PROTECT,
        related_name="passes_granted",
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
    half_days = models.PositiveIntegerField(_("half-days"))
    #: It covers whatever it holds for: its account has no floor, it is of no half-days.
    is_unbounded = models.BooleanField(_("without bound"), default=False)
    price_cents = models.PositiveIntegerField(_("price (cents, VAT included)"))
    bought_at = models.DateTimeField(_("bought on"))
    #: None: for whatever ends in time. Else what it covers begins then at the earliest.
    valid_from = models.DateTimeField(_("valid from"), null=True)
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

    def holds_for(self, kind: str, site: Site, time: Interval) -> bool:
        """Tell whether it could cover a use of that kind at that site, at that time."""
        return (
            bool(self.taken_at(kind, site.category))
            and self.site_id in (None, site.pk)
            and self.valid_until >= time.ends_at
            and (self.valid_from is None or self.valid_from <= time.starts_at)
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


class PassBearerQuerySet(models.QuerySet["PassBearer"]):
    def of(self, person: User | Given, now: Instant) -> Self:
        """Keep what somebody may spend at an instant."""
        lasts = models.Q(until=None) | models.Q(until__gt=now)
        return self.filter(lasts, person=person)


class PassBearer(models.Model):
    """Somebody who may spend a pass: who bought it, or all who share what is granted.

    From `until` on they spend nothing more of it; what it covers by then stays covered.
    """

    spent = models.ForeignKey(
        Pass, verbose_name=_("pass"), on_delete=models.CASCADE, related_name="bearers"
    )
    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="passes_borne"
    )
    until = models.DateTimeField(_("until"), null=True)

    objects = PassBearerQuerySet.as_manager()

    class Meta:
        verbose_name = _("bearer of a pass")
        verbose_name_plural = _("bearers of passes")
        constraints = [
            Unique(
                field="person",
                fields=["spent", "person"],
                name="pass_borne_once",
                violation_error_message=_("This person may spend the pass already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.spent}"
