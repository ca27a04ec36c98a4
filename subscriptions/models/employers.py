"""The people of an employer: who may book on its account, in which team, by which rules."""

from datetime import date
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, Territory, User
from network.models.constraints import Check, Unique
from network.models.fields import CodeField, DayField
from sites.models import Site


class CostCentre(models.Model):
    """What an employer books its costs under."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="cost_centres",
    )
    code = CodeField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("cost centre")
        verbose_name_plural = _("cost centres")
        ordering = ["code"]
        constraints = [
            Unique(
                field="code",
                fields=["organisation", "code"],
                name="cost_centre_once",
                violation_error_message=_("There is a cost centre of this code."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Team(models.Model):
    """A group of an employer's people, and what each of them may book on its account.

    What is not told is not bounded: no `kinds` are all kinds, no sites and territories all sites.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="teams"
    )
    name = models.CharField(_("name"), max_length=100)
    days_a_week = models.PositiveSmallIntegerField(
        _("days a week at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    monthly_budget_cents = models.PositiveIntegerField(
        _("monthly budget of a person (cents)"), null=True, blank=True
    )
    approval_above_cents = models.PositiveIntegerField(
        _("approved above (cents)"), null=True, blank=True
    )
    approver = models.ForeignKey(
        User,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="approves_for",
    )
    kinds = models.JSONField(_("kinds of spaces"), default=list, blank=True)
    sites = models.ManyToManyField(Site, verbose_name=_("sites"), blank=True, related_name="+")
    territories = models.ManyToManyField(
        Territory, verbose_name=_("territories"), blank=True, related_name="+"
    )
    may_choose_account = models.BooleanField(
        _("its people may choose to pay for themselves"), default=True
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            Unique(
                field="name",
                fields=["organisation", "name"],
                name="team_named_once",
                violation_error_message=_("There is a team of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def on(self, day: date) -> Self:
        """Keep people who are the employer's on a day."""
        return self.filter(since__lte=day).filter(models.Q(until=None) | models.Q(until__gte=day))

    def staying(self) -> Self:
        """Keep people of whose leaving nothing is told yet."""
        return self.filter(until=None)


class Employee(models.Model):
    """Somebody who may book on an employer's account, from a day to the end of their last one.

    One who `books_for_others` is its assistant: they book for its other people too.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="employees",
    )
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="employments",
    )
    team = models.ForeignKey(
        Team,
        verbose_name=_("team"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employees",
    )
    cost_centre = models.ForeignKey(
        CostCentre,
        verbose_name=_("cost centre"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="employees",
    )
    books_for_others = models.BooleanField(_("books for others"), default=False)
    since = DayField(_("since"))
    until = DayField(_("until"), null=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        constraints = [
            Unique(
                field="person",
                fields=["organisation", "person"],
                condition=models.Q(until=None),
                name="employee_once",
                violation_error_message=_("This person is there already."),
            ),
            Check(
                field="until",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="employee_leaves_after_coming",
                violation_error_message=_("Who leaves came before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"


class Headcount(models.Model):
    """How many people an employer says that it has on a day: what shares are reckoned against."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="headcounts",
    )
    day = DayField(_("day"))
    people = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    made_at = models.DateTimeField(_("said on"))
    made_by = models.ForeignKey(
        User, verbose_name=_("said by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        constraints = [
            Unique(
                field="day",
                fields=["organisation", "day"],
                name="headcount_once_a_day",
                violation_error_message=_("The headcount of this day is told already."),
            ),
            Check(
                field="people",
                condition=models.Q(people__gte=1),
                name="headcount_of_some",
                violation_error_message=_("An employer has one person at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.people}"
