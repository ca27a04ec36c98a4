"""Territories of the official French code (COG), with coordinates for distances."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.rules import plain_words, search_key

#: No name of a commune is longer or has more words; what is longer is no question.
LONGEST_QUESTION = 100
MOST_WORDS = 16
#: Each number is a join; an address has one postcode.
MOST_NUMBERS = 3


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
        """Keep communes with a word of the name that starts like `text`, or its postcode.

        Accents, capitals, hyphens, apostrophes and `St`/`Saint` do not matter; a name and a
        postcode may both be given. The very name comes first, then names that start so, then
        the others, each most inhabited first.
        """
        words = plain_words(text).split()
        name = " ".join(word for word in words if not word.isdecimal())
        codes = [word for word in words if word.isdecimal()]
        if not words or len(text) > LONGEST_QUESTION or len(words) > MOST_WORDS:
            return self.none()
        if len(codes) > MOST_NUMBERS:
            return self.none()
        found = self
        for code in codes:
            with_code = PostalCode.objects.filter(code__startswith=code)
            found = found.filter(pk__in=with_code.values("commune"))
        return found.named(name).order_by("rank", "-population", "insee_code")

    def named(self, name: str) -> Self:
        """Keep communes with a word that starts like `name`, annotated with their `rank`.

        "st" may be a saint or the start of "Strasbourg": it is read both ways.
        """
        keys = {name, search_key(name)}
        starts, holds = models.Q(), models.Q()
        for key in keys:
            starts |= models.Q(search_key__startswith=key)
            holds |= models.Q(search_key__contains=f" {key}")
        return self.filter(starts | holds).annotate(
            rank=models.Case(
                models.When(search_key__in=keys, then=0),
                models.When(starts, then=1),
                default=2,
                output_field=models.IntegerField(),
            )
        )


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
