"""Asking whether something may be booked on an employer's account."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, User
from network.models.constraints import Unique


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def waiting(self, now: datetime) -> Self:
        """Keep what nobody has answered yet and still can."""
        return self.filter(answered_at=None, expires_at__gt=now)


class Approval(models.Model):
    """Somebody asks whether a booking may be made on their employer's account: a held one.

    It is kept for them until `expires_at`; unanswered by then it is gone.
    """

    subject = models.CharField(_("booking"), max_length=40)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="approvals",
    )
    person = models.ForeignKey(
        User,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="approvals_asked",
    )
    approver = models.ForeignKey(
        User,
        verbose_name=_("to be answered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="approvals_to_answer",
    )
    price_cents = models.PositiveIntegerField(_("price (cents, VAT included)"))
    asked_at = models.DateTimeField(_("asked on"))
    expires_at = models.DateTimeField(_("to be answered until"))
    answered_at = models.DateTimeField(_("answered on"), null=True)
    answered_by = models.ForeignKey(
        User, verbose_name=_("answered by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_granted = models.BooleanField(_("granted"), null=True)
    words = models.CharField(_("why"), max_length=200, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            Unique(
                field="subject",
                fields=["subject"],
                condition=models.Q(answered_at=None),
                name="approval_asked_once",
                violation_error_message=_("This is asked already."),
            )
        ]

    def __str__(self) -> str:
        return self.subject
