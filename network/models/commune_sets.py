"""Territories: named sets of communes, which may overlap."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from network.models.constraints import Unique
from network.models.fields import CodeField, DayField, SearchKeyField
from network.models.territories import Commune

LONGEST_CODE = 20


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def containing(self, commune: Commune) -> Self:
        """Keep territories that `commune` belongs to."""
        # Not by a join, for `counted` counts them all.
        return self.filter(pk__in=commune.territories.values("pk"))

    def of_kind(self, kind: "Territory.Kind") -> Self:
        """Keep territories of one kind."""
        return self.filter(kind=kind)

    def counted(self) -> Self:
        """Read each territory with its `population` and its `communes_count`."""
        return self.annotate(
            population=Coalesce(models.Sum("communes__population"), 0),
            communes_count=models.Count("communes"),
        )


class Territory(models.Model):
    """A named set of communes, known by its kind and code."""

    class Kind(models.TextChoices):
        REGION = "region", _("Région")
        DEPARTEMENT = "departement", _("Département")
        EPCI = "epci", _("Grouping of communes (EPCI)")
        PAYS = "pays", _("Pays")
        LIVING_AREA = "living_area", _("Living area (bassin de vie)")
        JOB_AREA = "job_area", _("Job area (bassin d’emploi)")
        ZONE = "zone", _("Zone")

    #: What every commune has by the official code: `load_territories` writes these, nobody else.
    OFFICIAL: ClassVar = (Kind.REGION, Kind.DEPARTEMENT, Kind.EPCI)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = CodeField(_("code"), max_length=LONGEST_CODE)
    name = models.CharField(_("name"), max_length=200)
    search_key = SearchKeyField(max_length=200)
    source = models.CharField(_("source"), max_length=200, blank=True)
    valid_on = DayField(_("as it stood on"), null=True, blank=True)
    communes = models.ManyToManyField(
        Commune, verbose_name=_("communes"), related_name="territories"
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            Unique(
                field="code",
                fields=["kind", "code"],
                name="territory_once_per_kind",
                violation_error_message=_("A territory of this kind has this code."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_official(self) -> bool:
        """Tell whether it follows from the columns of its communes."""
        return self.kind in self.OFFICIAL

    @cached_property
    def population(self) -> int:
        """Return how many people live there; one query, none when it was read `counted`."""
        total = self.communes.aggregate(total=models.Sum("population"))["total"]
        return total or 0

    @cached_property
    def communes_count(self) -> int:
        """Return how many communes there are; one query, none when it was read `counted`."""
        return self.communes.count()
