"""Organisations and what people are in them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret as siret_number

from network.models.constraints import Check, Unique
from network.models.legal_forms import LegalForm
from network.models.people import User
from network.sql import Given


def validate_siret(value: str) -> None:
    """Refuse a SIRET whose length or check digits are wrong (La Poste's own rule included)."""
    if not siret_number.is_valid(value):
        raise ValidationError(_("This is not a SIRET: check its 14 digits."), code="siret")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_capacity(self, kind: "Capacity.Kind") -> Self:
        """Keep organisations that take part as `kind`, whatever else they are."""
        return self.filter(capacities__kind=kind)


class Organisation(models.Model):
    """A legal person that takes part in the network, in one capacity or several."""

    name = models.CharField(_("name"), max_length=200)
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
            Unique(
                field="siret",
                fields=["siret"],
                condition=~models.Q(siret=""),
                name="organisation_siret_unique",
                violation_error_message=_("Another organisation has this SIRET."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def kinds(self) -> "list[Capacity.Kind]":
        """Return its capacities, always in the same order."""
        held = {one.kind for one in self.capacities.all()}
        return [kind for kind in Capacity.Kind if kind in held]

    @property
    def capacity_words(self) -> str:
        """Return its capacities in words."""
        return ", ".join(str(kind.label) for kind in self.kinds())


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def of(self, person: User | Given) -> Self:
        """Keep those of organisations that `person` belongs to, with their `role` there."""
        found = self.filter(organisation__memberships__person=person)
        role = models.F("organisation__memberships__role")
        return found.annotate(role=role).select_related("organisation")


class Capacity(models.Model):
    """One of the things that an organisation is in the network: a commune may be several."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("Operator")
        EMPLOYER = "employer", _("Employer")
        COLLECTIVITY = "collectivity", _("Public authority")
        PARTNER = "partner", _("Partner")
        NETWORK_TEAM = "network_team", _("Network team")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="capacities",
    )
    kind = models.CharField(_("takes part as"), max_length=20, choices=Kind)

    #: What the person asked for is there (`of`).
    role: str = ""

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity of an organisation")
        verbose_name_plural = _("capacities of organisations")
        constraints = [
            Unique(
                field="kind",
                fields=["organisation", "kind"],
                name="capacity_once_per_organisation",
                violation_error_message=_("The organisation takes part as this already."),
            ),
            Check(
                field="kind",
                # A literal list: migrations keep what the constraint was made of.
                condition=models.Q(
                    kind__in=["operator", "employer", "collectivity", "partner", "network_team"]
                ),
                name="capacity_is_known",
                violation_error_message=_("Organisations take part as one of those listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_kind_display()})"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def with_capacities(self) -> Self:
        """Read each membership with its organisation and what that is."""
        return self.select_related("organisation").prefetch_related("organisation__capacities")


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

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        permissions = [("appoint_managers", _("Can say who runs the sites of an operator"))]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                name="membership_once_per_organisation",
                violation_error_message=_("This person belongs to this organisation already."),
                violation_error_code="membership_once_per_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation} ({self.get_role_display()})"
