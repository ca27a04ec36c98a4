"""Organisations and what people are in them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret as siret_number

from network.models.legal_forms import LegalForm
from network.models.people import User


def validate_siret(value: str) -> None:
    """Refuse a SIRET whose length or check digits are wrong (La Poste's own rule included)."""
    if not siret_number.is_valid(value):
        raise ValidationError(_("This is not a SIRET: check its 14 digits."), code="siret")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_kind(self, kind: "Organisation.Kind") -> Self:
        """Keep organisations of one kind."""
        return self.filter(kind=kind)


class Organisation(models.Model):
    """A legal person that takes part in the network."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("Operator")
        EMPLOYER = "employer", _("Employer")
        COLLECTIVITY = "collectivity", _("Public authority")
        NETWORK_TEAM = "network_team", _("Network team")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    legal_form = models.CharField(_("legal form"), max_length=30, choices=LegalForm, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[validate_siret])
    commune = models.ForeignKey(
        "network.Commune",
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    members = models.ManyToManyField(
        User, through="network.Membership", related_name="organisations"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["siret", "kind"],
                condition=~models.Q(siret=""),
                name="organisation_siret_unique_per_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What one person is in one organisation."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MANAGER = "manager", _("Manager")
        ADMINISTRATOR = "administrator", _("Administrator")

    #: Roles that run the organisation's sites.
    RUNNING_ROLES = (Role.MANAGER, Role.ADMINISTRATOR)

    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        permissions = [("appoint_managers", _("Can say who runs the sites of an operator"))]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], name="membership_once_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation} ({self.get_role_display()})"
