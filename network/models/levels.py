"""The levels of the official French code (COG) that a commune belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
        verbose_name_plural = pgettext_lazy("several", "EPCI")

    def __str__(self) -> str:
        return self.name
