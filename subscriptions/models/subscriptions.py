"""Who subscribes to a plan, for how many seats, and who has each."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models import Pass
from network.models import Organisation, User
from network.models.constraints import Check, Unique
from network.models.fields import DayField
from subscriptions.models.plans import PlanVersion


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def running(self, day: date) -> Self:
        """Keep subscriptions that have begun by `day` and have not ended before it."""
        return self.filter(starts_on__lte=day).ending_after(day)

    def ending_after(self, day: date) -> Self:
        """Keep subscriptions whose last day, if they have one, is `day` or later."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))

    def of_person(self, person: User) -> Self:
        """Keep what a person pays for themselves."""
        return self.filter(person=person)

    def of_organisation(self, organisation: Organisation) -> Self:
        """Keep what an organisation pays for its people."""
        return self.filter(organisation=organisation)


class Subscription(models.Model):
    """A plan that a person takes for themselves, or an organisation for its people.

    The terms are those of the version in force when it was taken, whatever the plan says later. It
    goes on until its last day, which is told beforehand. A person of a closed account is forgotten.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    version = models.ForeignKey(
        PlanVersion,
        verbose_name=_("version of the plan"),
        on_delete=models.PROTECT,
        related_name="subscriptions",
    )
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="subscriptions",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        on_delete=models.PROTECT,
        related_name="subscriptions",
    )
    starts_on = DayField(_("first day"))
    #: The last day that is free of charge, if some are.
    trial_until = DayField(_("free until"), null=True)
    ends_on = DayField(_("last day"), null=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    warned_at = models.DateTimeField(_("warned of its end on"), null=True)
    purchase_order = models.CharField(_("purchase order"), max_length=50, blank=True)
    made_at = models.DateTimeField(_("taken on"))
    made_by = models.ForeignKey(
        User, verbose_name=_("taken by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            Check(
                field="organisation",
                condition=models.Q(person=None) | models.Q(organisation=None),
                name="subscription_of_one_payer",
                violation_error_message=_("A person pays it, or an organisation."),
            ),
            Check(
                field="ends_on",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="subscription_ends_after_it_starts",
                violation_error_message=_("It ends on its first day at the earliest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} – {self.organisation or self.person}"

    @property
    def subject(self) -> str:
        """Return how charges name what they are for: this subscription."""
        return f"subscription:{self.pk}"

    def is_running(self, day: date) -> bool:
        """Tell whether it has begun by a day and has not ended before it."""
        return self.starts_on <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Tell whether it has ended before a day."""
        return self.ends_on is not None and self.ends_on < day


class SeatCount(models.Model):
    """How many seats a subscription has from a day on, until the next row says otherwise."""

    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        on_delete=models.CASCADE,
        related_name="seat_counts",
    )
    from_day = DayField(_("from"))
    seats = models.PositiveIntegerField(_("seats"))
    made_at = models.DateTimeField(_("said on"))
    made_by = models.ForeignKey(
        User, verbose_name=_("said by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("number of seats")
        verbose_name_plural = _("numbers of seats")
        constraints = [
            Unique(
                field="from_day",
                fields=["subscription", "from_day"],
                name="seats_counted_once_a_day",
                violation_error_message=_("The seats of this day are told already."),
            ),
            Check(
                field="seats",
                condition=models.Q(seats__gte=1),
                name="seats_are_some",
                violation_error_message=_("A subscription has one seat at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def taken(self) -> Self:
        """Keep seats that somebody has, and loses on no day that is told yet."""
        return self.filter(until=None)

    def on(self, day: date) -> Self:
        """Keep seats as they are had on a day."""
        return self.filter(since__lte=day).until_or_after(day)

    def until_or_after(self, day: date) -> Self:
        """Keep seats that are had on a day, or will be."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day))


class Seat(models.Model):
    """One of the seats of a subscription, by its number, that a person has from a day on.

    Who leaves has it until the end of their last day, `until`.
    """

    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        on_delete=models.CASCADE,
        related_name="seats",
    )
    number = models.PositiveIntegerField(_("number"))
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="seats",
    )
    since = DayField(_("since"))
    until = DayField(_("until"), null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            Unique(
                field="number",
                fields=["subscription", "number"],
                condition=models.Q(until=None),
                name="seat_of_one_person",
                violation_error_message=_("Somebody has this seat."),
            ),
            Unique(
                field="person",
                fields=["subscription", "person"],
                condition=models.Q(until=None),
                name="person_has_one_seat",
                violation_error_message=_("This person has a seat already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class MonthGrant(models.Model):
    """What a seat of a subscription is granted for a month; of shared credits, number 0 is all.

    It stands for so many `seats`: of shared credits all, else one, or none once it is taken back.
    """

    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        on_delete=models.PROTECT,
        related_name="grants",
    )
    month = DayField(_("first day of the month"))
    number = models.PositiveIntegerField(_("number of the seat"))
    seats = models.PositiveIntegerField(_("seats"))
    granted = models.OneToOneField(
        Pass, verbose_name=_("pass"), on_delete=models.PROTECT, related_name="of_month"
    )

    class Meta:
        verbose_name = _("grant of a month")
        verbose_name_plural = _("grants of months")
        constraints = [
            Unique(
                field="month",
                fields=["subscription", "month", "number"],
                name="granted_once_a_month",
                violation_error_message=_("This is granted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.number}"


class ClosedMonth(models.Model):
    """A month of a subscription that is charged: never again."""

    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        on_delete=models.PROTECT,
        related_name="closed_months",
    )
    month = DayField(_("first day of the month"))
    amount_cents = models.PositiveBigIntegerField(_("charged (cents, VAT included)"))
    closed_at = models.DateTimeField(_("closed on"))

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [
            Unique(
                field="month",
                fields=["subscription", "month"],
                name="month_closed_once",
                violation_error_message=_("This month is closed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
