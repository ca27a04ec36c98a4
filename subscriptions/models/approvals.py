"""Asking whether something may be booked on an employer's account."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, User
from network.models.constraints import Unique
from sites.models import Site


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def waiting(self, now: datetime) -> Self:
        """Keep what nobody has answered yet and still can."""
        return self.filter(answered_at=None, expires_at__gt=now)

    def over(self, now: datetime) -> Self:
        """Keep what was answered or withdrawn, or can be answered no longer."""
        return self.exclude(answered_at=None, expires_at__gt=now)

    def told(self) -> Self:
        """Read each with whom and what it is about."""
        return self.select_related("organisation", "person", "approver", "answered_by", "site")


class Approval(models.Model):
    """Somebody asks whether a booking may be made on their employer's account: a held one.

    It is kept for them until `expires_at`; unanswered by then it is gone. Told are the site and
    the days ("2026-11-24"), never hours nor which desk. Closed and neither granted nor refused,
    it was withdrawn.
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
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    days = models.JSONField(_("days"), default=list)
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
