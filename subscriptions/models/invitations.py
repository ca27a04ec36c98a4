"""How people come to book on an employer's account: invited one by one, or by their address."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import Organisation, User
from network.models.constraints import Unique
from network.models.fields import AddressField
from subscriptions.models.employers import CostCentre, Team


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> Self:
        """Keep invitations that can be accepted now."""
        return self.waiting().filter(expires_at__gt=now)

    def waiting(self) -> Self:
        """Keep invitations that were not answered: also those that ran out."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """Somebody is asked by e-mail to join an employer; only who has that address may accept.

    Withdrawn by the employer, or declined by who was invited, it can be accepted no more.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    email = AddressField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    team = models.ForeignKey(
        Team, verbose_name=_("team"), null=True, blank=True, on_delete=models.SET_NULL
    )
    cost_centre = models.ForeignKey(
        CostCentre, verbose_name=_("cost centre"), null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(_("invited on"))
    made_by = models.ForeignKey(
        User, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("last sent on"), null=True)
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True)
    is_declined = models.BooleanField(_("declined by who was invited"), default=False)
    accepted_at = models.DateTimeField(_("accepted on"), null=True)
    accepted_by = models.ForeignKey(
        User, verbose_name=_("accepted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            Unique(
                field="email",
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invited_once",
                violation_error_message=_("This address is invited already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.email)

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can be accepted now."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > now


class DomainQuerySet(models.QuerySet["Domain"]):
    def proved(self) -> Self:
        """Keep domains that are an employer's own."""
        return self.filter(verified_at__isnull=False, lost_at=None)


class Domain(models.Model):
    """A domain of addresses that an employer proved to be its own: who has one may join.

    Proved by a text in the domain's DNS; lost once it was not found there, nor a day later.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="domains",
    )
    name = models.CharField(_("domain"), max_length=253)
    proof = models.CharField(_("text to publish"), max_length=80)
    made_at = models.DateTimeField(_("said on"))
    checked_at = models.DateTimeField(_("last looked up on"), null=True)
    verified_at = models.DateTimeField(_("proved on"), null=True)
    missing_since = models.DateTimeField(_("not found since"), null=True)
    lost_at = models.DateTimeField(_("lost on"), null=True)

    objects = DomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("domain of an employer")
        verbose_name_plural = _("domains of employers")
        constraints = [
            Unique(
                field="name",
                fields=["organisation", "name"],
                name="domain_said_once",
                violation_error_message=_("This domain is there already."),
            ),
            Unique(
                field="name",
                fields=["name"],
                condition=models.Q(verified_at__isnull=False, lost_at=None),
                name="domain_of_one_employer",
                violation_error_message=_("Another employer has proved this domain."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
