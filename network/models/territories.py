"""Territories of the official French code (COG), with coordinates for distances."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.rules import search_key


class Region(models.Model):
    """A région, by its INSEE code."""

    code = models.CharField(_("INSEE code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("région")
        verbose_name_plural = _("régions")

    def __str__(self) -> str:
        return self.name


class Departement(models.Model):
    """A département, by its INSEE code."""

    code = models.CharField(_("INSEE code"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    region = models.ForeignKey(
        Region, verbose_name=_("région"), on_delete=models.PROTECT, related_name="departements"
    )
    outline = models.JSONField(
        _("schematic outline"),
        default=list,
        blank=True,
        help_text=_(
            "Ring of [longitude, latitude] drawn from commune points, not a cadastral limit."
        ),
    )

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")

    def __str__(self) -> str:
        return self.name


class Epci(models.Model):
    """A grouping of communes (EPCI), by its SIREN."""

    siren = models.CharField(_("SIREN"), max_length=9, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("EPCI")
        verbose_name_plural = _("EPCI")

    def __str__(self) -> str:
        return self.name


class CommuneQuerySet(models.QuerySet["Commune"]):
    def matching(self, text: str) -> Self:
        """Keep communes whose name or postcode starts like `text`, most inhabited first.

        Accents, capitals, hyphens and `St`/`Saint` do not matter.
        """
        key = search_key(text)
        if key.isdigit():
            found = self.filter(postal_codes__code__startswith=key)
        else:
            found = self.filter(
                models.Q(search_key__startswith=key) | models.Q(search_key__contains=f" {key}")
            )
        return found.distinct().order_by("-population", "insee_code")


class Commune(models.Model):
    """A commune, by its INSEE code."""

    insee_code = models.CharField(_("INSEE code"), max_length=5, unique=True)
    name = models.CharField(_("name"), max_length=100)
    search_key = models.CharField(max_length=100, editable=False, db_index=True)
    departement = models.ForeignKey(
        Departement,
        verbose_name=_("département"),
        on_delete=models.PROTECT,
        related_name="communes",
    )
    epci = models.ForeignKey(
        Epci,
        verbose_name=_("EPCI"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communes",
    )
    population = models.PositiveIntegerField(_("population"))
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="commune_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search key in step with the name."""
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # same arguments as Model.save


class PostalCode(models.Model):
    """One postcode of one commune (a commune may have several, a code several communes)."""

    code = models.CharField(_("postcode"), max_length=5, db_index=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        on_delete=models.CASCADE,
        related_name="postal_codes",
    )

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        constraints = [
            models.UniqueConstraint(fields=["code", "commune"], name="postal_code_once_per_commune")
        ]

    def __str__(self) -> str:
        return self.code
