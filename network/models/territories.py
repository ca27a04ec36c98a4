"""Territories of the official French code (COG), with coordinates for distances."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import Self

from django.core.cache import cache
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from network.models.constraints import Unique
from network.models.earth import LATITUDES, LONGITUDES, NOT_ON_EARTH
from network.models.levels import Departement, Epci
from network.placenames import ALWAYS, Question, Reading, names_said, read_question
from network.rules import search_key

INSEE_CODE = r"^[0-9][0-9AB][0-9]{3}$"
#: No name of a commune is longer; what is longer is no question.
LONGEST_NAME = LONGEST_QUESTION = 100
#: Where the names of départements and régions are kept, and for how many seconds: they hardly
#: ever change, and each search asks them.
SAID, SAID_FOR_S = "network.places.said", 300
#: Spreadsheets take a postcode for a number: 08000 becomes 8000.
LENGTH_WITHOUT_ZERO = 4
#: How German names of places in Alsace end, unlike Alsatian and foreign ones.
GERMAN_ENDS = ("burg", "dorf", "hausen", "heim", "stadt", "weiler")


class Rank(IntEnum):
    """How well a commune answers what was asked, best first."""

    NAME = 0
    OTHER_NAME = 1
    START = 2
    WORD = 3
    OTHER_START = 4


def any_of(conditions: Iterable[models.Q]) -> models.Q:
    """Return the condition that one of `conditions` is met."""
    return reduce(or_, conditions)


def is_name(reading: Reading) -> models.Q:
    """Return the condition that a name is the very one of `reading`."""
    return models.Q(search_key__in=reading.very_keys)


def starts_name(reading: Reading) -> models.Q:
    """Return the condition that a name starts as `reading` does."""
    return models.Q(search_key__regex=f"^({one_of(reading.keys)})")


def starts_word(reading: Reading) -> models.Q:
    """Return the condition that a word of a name starts as `reading` does."""
    # A pattern costs more than a look for the same letters, which leaves few names to it.
    letters = any_of(models.Q(search_key__contains=key) for key in sorted(reading.keys))
    return letters & models.Q(search_key__regex=f"(^| )({one_of(reading.keys)})")


def starts_other_name(reading: Reading) -> models.Q:
    """Return the condition that another name starts as `reading` does, but for its article.

    Words inside are not looked at: GeoNames tells one place by its neighbour.
    """
    return models.Q(search_key__regex=f"^((l|la|le|les) )?({one_of(reading.keys)})")


def one_of(keys: Iterable[str]) -> str:
    """Return the pattern of any of `keys`, which hold letters, digits and spaces only."""
    return "|".join(sorted(keys))


NameTest = Callable[[Reading], models.Q]


def by_own_name(question: Question, test: NameTest) -> models.Q:
    """Return the condition that a commune's name passes `test` in one reading of `question`."""
    return any_of(test(one) & within(one) for one in question.readings)


def by_other_name(question: Question, test: NameTest) -> models.Q:
    """Return the condition that one of a commune's other names does."""
    return any_of(
        models.Q(pk__in=CommuneName.objects.filter(test(one)).values("commune")) & within(one)
        for one in question.readings
    )


def name_to_show(question: Question) -> Combinable:
    """Return which other name of a commune is told: the very one, a German one, any that starts so.

    Files write "Strassburg": who writes "ß" reads "Straßburg".
    """
    likeliness = models.Case(
        models.When(any_of(is_name(one) for one in question.readings), then=0),
        models.When(any_of(models.Q(search_key__endswith=end) for end in GERMAN_ENDS), then=1),
        default=2,
    )
    names = CommuneName.objects.filter(
        any_of(starts_other_name(one) for one in question.readings), commune=models.OuterRef("pk")
    )
    first = models.Subquery(names.order_by(likeliness, "search_key").values("name")[:1])
    if not question.has_sharp_s:
        return first
    return Replace(first, models.Value("ss"), models.Value("ß"))


def within(reading: Reading) -> models.Q:
    """Return the condition that a commune lies where `reading` says, if it does."""
    codes = reading.departements
    return models.Q(departement__code__in=codes) if codes else models.Q()


def with_postcode(code: str, *, has_name: bool) -> models.Q:
    """Return the condition that a postcode of a commune starts with `code`, or lost its zero.

    Beside a name, a code that is nobody's (a CEDEX, a département) tells the département.
    """
    starts = models.Q(code__startswith=code)
    if len(code) == LENGTH_WITHOUT_ZERO:
        starts |= models.Q(code=f"0{code}")
    found = models.Q(pk__in=PostalCode.objects.filter(starts).values("commune"))
    if not has_name or len(code) not in (2, 5):
        return found
    is_known = models.Exists(PostalCode.objects.filter(code=code))
    return found | models.Q(~is_known, departement__code=code[:2])


def asked(text: str) -> Question | None:
    """Return what `text` asks for, knowing the régions and départements that are loaded."""
    return read_question(text, cache.get_or_set(SAID, said_here, SAID_FOR_S) or ALWAYS)


def said_here() -> dict[str, frozenset[str]]:
    """Return what may be said after the name of a commune, from the database."""
    return names_said(Departement.objects.values_list("code", "name", "region__name"))


def forget_said() -> None:
    """Have the next search ask the database which régions and départements there are."""
    cache.delete(SAID)


class CommuneQuerySet(models.QuerySet["Commune"]):
    def matching(self, text: str, *, picked: str = "") -> Self:
        """Keep communes that `text` may mean, likeliest first.

        A word of the name, or another name that people give it, starts like the name in `text`;
        its postcodes start like the numbers. Accents, capitals, hyphens, apostrophes,
        umlauts, `St`/`Saint`, CEDEX and the territory told after it do not matter. The very name
        comes first, then names that start so, then the others, each most inhabited first. Of
        those that answer equally well, the one whose INSEE code is `picked` comes first: a choice
        made among suggestions counts only while it fits what is written.
        """
        question = asked(text) if len(text) <= LONGEST_QUESTION else None
        if question is None:
            return self.none()
        found = self
        for code in question.codes:
            found = found.filter(with_postcode(code, has_name=question.has_name))
        is_picked = models.Case(models.When(insee_code=picked, then=0), default=1)
        return found.named(question).order_by("rank", is_picked, "-population", "insee_code")

    def counted(self) -> Self:
        """Annotate each commune with the `total` of all, those that a slice leaves out too."""
        return self.annotate(total=models.Window(models.Count("*")))

    def named(self, question: Question) -> Self:
        """Keep communes of such a name, annotated with `rank` and the `other_name` it is, if so."""
        if not question.has_name:
            return self.annotate(rank=models.Value(Rank.START))
        own, other = by_own_name(question, starts_word), by_other_name(question, starts_other_name)
        return self.filter(own | other).annotate(
            rank=models.Case(
                models.When(by_own_name(question, is_name), then=Rank.NAME),
                models.When(by_other_name(question, is_name), then=Rank.OTHER_NAME),
                models.When(by_own_name(question, starts_name), then=Rank.START),
                models.When(own, then=Rank.WORD),
                default=Rank.OTHER_START,
                output_field=models.IntegerField(),
            ),
            other_name=models.Case(
                models.When(own, then=models.Value("")), default=name_to_show(question)
            ),
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
    latitude = models.FloatField(_("latitude"), validators=LATITUDES)
    longitude = models.FloatField(_("longitude"), validators=LONGITUDES)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="commune_on_earth",
                violation_error_message=NOT_ON_EARTH,
                violation_error_code="commune_on_earth",
            )
        ]

    #: How well a search was met, and the other name that met it (`matching`); `counted`.
    rank: int = Rank.NAME
    other_name: str = ""
    total: int = 0

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the search key in step with the name."""
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # same arguments as Model.save

    @property
    def label(self) -> str:
        """Return the name, and in brackets the one under which it was found, if it is another."""
        is_other = self.other_name and self.other_name != self.name
        return f"{self.name} ({self.other_name})" if is_other else self.name


class CommuneName(models.Model):
    """A name people give a commune: of one merged into it, in another language, mistyped."""

    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    search_key = models.CharField(max_length=LONGEST_NAME, editable=False)

    class Meta:
        verbose_name = _("other name of a commune")
        verbose_name_plural = _("other names of communes")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "search_key"],
                name="other_name_once_per_commune",
                violation_error_message=_("The commune has this other name already."),
                violation_error_code="other_name_once_per_commune",
            )
        ]

    def __str__(self) -> str:
        return self.name


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
            Unique(
                field="code",
                fields=["code", "commune"],
                name="postal_code_once_per_commune",
                violation_error_message=_("The commune has this postcode already."),
            )
        ]

    def __str__(self) -> str:
        return self.code
