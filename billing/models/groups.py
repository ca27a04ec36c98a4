"""Customer groups of people: a word and two days. What proved it is seen, and not kept."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.prices.groups import Group
from network.models import Organisation, User
from network.models.constraints import Check
from network.models.fields import DayField
from network.sql import Given, Instant


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def at(self, instant: Instant, day: date | Given) -> Self:
        """Keep those that run at an instant, of which `day` is the day by some clocks."""
        is_ended = models.Q(ended_at__isnull=False, ended_at__lte=instant)
        return self.filter(~is_ended, granted_at__lte=instant, ends_on__gte=day)


class GroupMembership(models.Model):
    """A person belongs to a customer group from an instant on, until a day that is included.

    It counts for what is booked meanwhile, whenever that is changed; ended before its last day
    (`ended_at`), for what was booked before. Who saw the proof is kept, and for which operator
    (none: the network team), never the proof. Over, as all that it priced, the row is erased by
    the regular purge.
    """

    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="group_memberships",
    )
    group = models.CharField(_("customer group"), max_length=20, choices=Group)
    ends_on = DayField(_("to (included)"))
    operator = models.ForeignKey(
        Organisation,
        verbose_name=_("said by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    granted_by = models.ForeignKey(
        User,
        verbose_name=_("granted by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    granted_at = models.DateTimeField(_("granted on"), editable=False)
    ended_at = models.DateTimeField(_("ended on"), null=True, editable=False)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer group of a person")
        verbose_name_plural = _("customer groups of people")
        indexes = [models.Index(fields=["ends_on"], name="group_membership_end")]
        constraints = [
            Check(
                field="group",
                condition=~models.Q(group=Group.STANDARD),
                name="group_membership_of_a_group",
                violation_error_message=_("Everybody pays the standard price without being told."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_group_display()
