"""Plans: what a seat costs a month, and what it may use. Each in versions."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.named import Named
from network.models import Organisation, User
from network.models.constraints import Check, Unique
from network.models.fields import DayField
from sites.models import Site, Space


class PlanQuerySet(models.QuerySet["Plan"]):
    def on_offer(self, day: date) -> Self:
        """Keep plans that one can subscribe to on `day`, if a version of them is in force."""
        return self.filter(models.Q(withdrawn_from=None) | models.Q(withdrawn_from__gt=day))


class Plan(models.Model):
    """A plan of the network, whatever its present terms: who sells it, and to whom.

    Of one whose credits are shared, all seats spend what all of them are granted. Withdrawn, it
    takes no new subscription; those that there are go on.
    """

    class Holders(models.TextChoices):
        PERSONS = "persons", _("People")
        ORGANISATIONS = "organisations", _("Organisations")
        BOTH = "both", _("People and organisations")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    seller = models.ForeignKey(
        Organisation,
        verbose_name=_("sold by"),
        on_delete=models.PROTECT,
        related_name="plans_sold",
    )
    holders = models.CharField(_("for"), max_length=20, choices=Holders)
    is_shared = models.BooleanField(_("its seats share their credits"), default=False)
    withdrawn_from = DayField(_("withdrawn from"), null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        permissions = [("manage_plans", _("Can write plans and put them in force"))]
        constraints = [
            Check(
                field="is_shared",
                condition=models.Q(is_shared=False) | ~models.Q(holders="persons"),
                name="plan_shared_by_several",
                violation_error_message=_("Credits are shared within an organisation."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def is_on_offer(self, day: date) -> bool:
        """Tell whether one can subscribe to it on a day, if a version of it is in force."""
        return self.withdrawn_from is None or self.withdrawn_from > day


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def published(self) -> Self:
        """Keep versions that are in force, were, or will be."""
        return self.filter(published_at__isnull=False)

    def begun(self, day: date) -> Self:
        """Keep published versions that had begun by `day`, of each plan the last first."""
        return self.published().filter(in_force_from__lte=day).order_by("plan", "-in_force_from")

    def to_come(self, day: date) -> Self:
        """Keep published versions that begin after `day`, the next first."""
        return self.published().filter(in_force_from__gt=day).order_by("in_force_from")


class PlanVersion(Named):
    """The terms of a plan from a day on. Once published it is never edited: a new one follows.

    Credits are half-days; without a number of them a seat uses as much as it likes. What a month
    leaves of them holds for so many months more.
    """

    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="versions"
    )
    in_force_from = DayField(_("in force from"), null=True, editable=False)
    price_cents = models.PositiveIntegerField(_("price of a seat and month (cents, VAT included)"))
    half_days = models.PositiveSmallIntegerField(
        _("half-days of a seat and month"), null=True, blank=True
    )
    carry_over_months = models.PositiveSmallIntegerField(_("carried over (months)"), default=0)
    has_overage = models.BooleanField(_("beyond its credits, on account"), default=True)
    trial_days = models.PositiveSmallIntegerField(_("trial (days)"), default=0)
    commitment_months = models.PositiveSmallIntegerField(_("commitment (months)"), default=0)
    notice_days = models.PositiveSmallIntegerField(_("notice (days)"), default=0)
    published_at = models.DateTimeField(_("put in force on"), null=True, editable=False)
    published_by = models.ForeignKey(
        User,
        verbose_name=_("put in force by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        constraints = [
            Unique(
                field="in_force_from",
                fields=["plan", "in_force_from"],
                condition=models.Q(published_at__isnull=False),
                name="plan_version_alone_on_its_day",
                violation_error_message=_("Another version of the plan begins on this day."),
            ),
            Unique(
                field="plan",
                fields=["plan"],
                condition=models.Q(published_at__isnull=True),
                name="plan_has_one_draft",
                violation_error_message=_("The plan has a draft already."),
            ),
            Check(
                field="in_force_from",
                condition=models.Q(published_at__isnull=True)
                | models.Q(in_force_from__isnull=False),
                name="plan_version_published_from_a_day",
                violation_error_message=_("A version is put in force from a day on."),
            ),
            Check(
                field="half_days",
                condition=models.Q(half_days__isnull=True) | models.Q(half_days__gte=1),
                name="plan_version_grants_something",
                violation_error_message=_("A plan grants one half-day at least."),
            ),
            Check(
                field="carry_over_months",
                condition=models.Q(half_days__isnull=False) | models.Q(carry_over_months=0),
                name="plan_version_carries_what_it_counts",
                violation_error_message=_("Without a number of half-days nothing is left over."),
            ),
        ]

    def __str__(self) -> str:
        return self.told_name.text

    @property
    def is_published(self) -> bool:
        """Tell whether it can no longer be edited."""
        return self.published_at is not None


class PlanCost(models.Model):
    """How many credits a half-day costs at sites of a category, in a kind of space.

    What has no row is not in the plan.
    """

    version = models.ForeignKey(
        PlanVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="costs"
    )
    category = models.CharField(_("category of site"), max_length=20, choices=Site.Category)
    kind = models.CharField(_("kind of space"), max_length=20, choices=Space.Kind)
    credits = models.PositiveSmallIntegerField(_("credits of a half-day"))

    class Meta:
        verbose_name = _("what a half-day costs in a plan")
        verbose_name_plural = _("what half-days cost in plans")
        constraints = [
            Unique(
                field="kind",
                fields=["version", "category", "kind"],
                name="plan_cost_told_once",
                violation_error_message=_("The plan says this already."),
            ),
            Check(
                field="credits",
                condition=models.Q(credits__gte=1),
                name="plan_cost_is_something",
                violation_error_message=_("A half-day costs one credit at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} · {self.get_kind_display()}"
