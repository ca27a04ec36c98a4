"""Charge lines: what somebody owes an operator, and for what. Invoices will collect them."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.grids import TariffGrid
from billing.models.local_prices import Subsidy
from billing.models.passes import Pass
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.prices.vat import Regime
from network.models import Organisation, User
from network.models.constraints import Check
from sites.models import Site, Space


class ChargeQuerySet(models.QuerySet["Charge"]):
    def of_subject(self, subject: str) -> Self:
        """Keep the lines of one booking."""
        return self.filter(subject=subject)

    def of_person(self, person: User) -> Self:
        """Keep what a person owes for themselves: what an organisation pays is not theirs."""
        return self.of_customer(person, None)

    def of_customer(self, person: User, payer: int | None) -> Self:
        """Keep the customer's part of what a person uses on account of one payer.

        That is the organisation of that key, or without one the person.
        """
        return self.filter(person=person, organisation__isnull=True, on_account_of=payer)

    def of_organisation(self, organisation: Organisation) -> Self:
        """Keep what an organisation owes: as a funder, by itself, or on whose account it was."""
        is_own = models.Q(organisation=organisation)
        return self.filter(is_own | models.Q(on_account_of=organisation))

    def of_operator(self, operator: Organisation) -> Self:
        """Keep what an operator is owed, by whomever."""
        return self.filter(operator=operator)


class Charge(models.Model):
    """One line that is owed: so many times a unit price, VAT included, by whom to whom for what.

    A line is never changed: what is given back is a further line, below zero, that `corrects` the
    first. A person of a closed account is forgotten, the line stays. What a subsidy pays is a line
    of its own, owed by its funder, the `organisation`. The customer's part has none: it is owed by
    the organisation that it is `on_account_of`, else by the person. Covered by a pass, a line is of
    zero cents and of so many half-days of the pass. What is given back is taken off with all that
    corrected it before.
    """

    class Kind(models.TextChoices):
        USE = "use", _("Use of a space")
        PASS = "pass", _("Pass")
        SUBSCRIPTION = "subscription", _("Subscription")
        GIVEN_BACK = "given_back", _("Given back")
        LATE = "late", _("Cancelled late")
        ADJUSTMENT = "adjustment", _("Adjustment")

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    subject = models.CharField(_("what for"), max_length=40, blank=True)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )

    operator = models.ForeignKey(
        Organisation,
        verbose_name=_("operator"),
        on_delete=models.PROTECT,
        related_name="charges_issued",
    )
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, on_delete=models.PROTECT, related_name="charges"
    )
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="charges",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("paid by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="charges",
    )

    on_account_of = models.ForeignKey(
        Organisation,
        verbose_name=_("on account of"),
        null=True,
        on_delete=models.PROTECT,
        related_name="charges_on_account",
        db_index=False,
    )

    space_kind = models.CharField(_("kind of space"), max_length=20, choices=Space.Kind, blank=True)
    starts_at = models.DateTimeField(_("starts at"), null=True)
    ends_at = models.DateTimeField(_("ends at"), null=True)
    words = models.CharField(_("description"), max_length=200)
    duration = models.CharField(_("duration"), max_length=10, choices=Duration, blank=True)
    #: In hundredths: an hour and a half is 150.
    quantity = models.PositiveIntegerField(_("quantity (hundredths)"), default=100)
    unit_price_cents = models.PositiveIntegerField(_("unit price (cents, VAT included)"))
    amount_cents = models.BigIntegerField(_("amount (cents, VAT included)"))

    is_off_peak = models.BooleanField(_("at the price outside peak hours"), default=False)
    group = models.CharField(
        _("customer group"), max_length=20, choices=Group, default=Group.STANDARD
    )
    vat_regime = models.CharField(_("VAT regime"), max_length=20, choices=Regime)
    vat_rate = models.PositiveSmallIntegerField(_("VAT rate (hundredths of a per cent)"))
    #: Of the whole line: what it would cost with neither pass nor subsidy.
    full_price_cents = models.PositiveIntegerField(_("full price (cents, VAT included)"))
    subsidy = models.ForeignKey(
        Subsidy, verbose_name=_("subsidy"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    grid = models.ForeignKey(
        TariffGrid, verbose_name=_("grid"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    spent_pass = models.ForeignKey(
        Pass, verbose_name=_("covered by"), null=True, on_delete=models.PROTECT, related_name="uses"
    )
    made_at = models.DateTimeField(_("made on"))
    #: Of a line of use, what its cancelling was said to cost when it was booked.
    free_until = models.DateTimeField(_("cancelled free until"), null=True)
    late_percent = models.PositiveSmallIntegerField(
        _("kept of the price after that (%)"), default=0
    )
    #: Of what is kept as late: what was due before it was rounded, of a cent or of a half-day.
    late_hundredths = models.PositiveIntegerField(
        _("due for cancelling late (hundredths)"), default=0
    )

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        indexes = [
            models.Index(fields=["subject"], name="charge_of_a_subject"),
            models.Index(fields=["person", "made_at"], name="charge_of_person"),
            models.Index(fields=["organisation", "made_at"], name="charge_of_organisation"),
            models.Index(fields=["on_account_of", "made_at"], name="charge_on_account"),
            models.Index(fields=["operator", "made_at"], name="charge_of_operator"),
        ]
        constraints = [
            Check(
                field="corrects",
                condition=models.Q(amount_cents__gte=0) | models.Q(corrects__isnull=False),
                name="charge_below_zero_corrects_another",
                violation_error_message=_("What is given back was charged before."),
            ),
            Check(
                field="on_account_of",
                condition=models.Q(organisation=None) | models.Q(on_account_of=None),
                name="charge_owed_by_one_organisation",
                violation_error_message=_("A line is owed by one organisation alone."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def owing_organisation_id(self) -> int | None:
        """Return the key of the organisation that owes it, if no person does."""
        return self.organisation_id or self.on_account_of_id
