"""A site: a place with an address, run by one operator."""

from typing import ClassVar, Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models import Capacity, Commune, Membership, Organisation, User
from network.models.earth import LATITUDES, LONGITUDES, NOT_ON_EARTH
from network.models.fields import SearchKeyField
from network.rules import search_key
from sites.geo import Box, Point
from sites.models.fields import PhoneField, PublicEmailField
from sites.models.vocabulary import Service, Specialisation
from sites.models.worded import Worded
from sites.telling import source_language


def validate_time_zone(value: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if value not in available_timezones():
        raise ValidationError(_("This is not a time zone, e.g. Europe/Paris."), code="time_zone")


#: Of a French commune, where all sites are; "cedex" is of letters, not of places.
validate_postal_code = RegexValidator(
    r"^[0-9]{5}\Z", _("Write the five digits of the postcode."), code="postal_code"
)


def maybe_in(box: Box, prefix: str = "") -> models.Q:
    """Return the condition that a site may stand in `box`: itinerant ones always may."""
    return models.Q(
        **{
            f"{prefix}latitude__range": (box.south, box.north),
            f"{prefix}longitude__range": (box.west, box.east),
        }
    ) | models.Q(**{f"{prefix}is_itinerant": True})


class SiteQuerySet(models.QuerySet["Site"]):
    def active(self) -> Self:
        """Keep sites that take bookings."""
        return self.filter(is_active=True)

    def maybe_in(self, box: Box) -> Self:
        """Keep sites that may stand in `box`; refine by the stop of the day."""
        return self.filter(maybe_in(box))

    def named_like(self, text: str) -> Self:
        """Keep sites that have `text` in their name, or stand where it may mean.

        However it is written: with or without accents, capitals and hyphens.
        """
        words, key = text.strip(), search_key(text)
        communes = Commune.objects.matching(words).order_by().values("pk")
        named = models.Q(name__icontains=words)
        if key:
            named |= models.Q(search_key__contains=key)
        return self.filter(
            named | models.Q(postal_code__startswith=words) | models.Q(commune__in=communes)
        )

    def of_organisations(self, person: User) -> Self:
        """Keep sites whose operator `person` belongs to, whatever their role there."""
        return self.filter(operator__in=person.memberships.values("organisation"))

    def run_by(self, person: User) -> Self:
        """Keep sites that `person` manages for their operator."""
        return self.filter(
            operator__memberships__person=person,
            operator__memberships__role__in=Membership.RUNNING_ROLES,
        ).distinct()


#: The one category whose name does not say what it is; said where the category is read or chosen.
FLAGSHIP_HINT = _("Flagship: the large site of an agglomeration, with every service.")


class Site(Worded):
    """A place with an address. `access_notes` are for people with a booking only."""

    WORDED: ClassVar[tuple[str, ...]] = (
        "description",
        "directions",
        "access_notes",
        "accessibility_note",
    )

    class Category(models.TextChoices):
        FLAGSHIP = "flagship", _("Flagship")
        URBAN = "urban", _("Urban coworking")
        RURAL = "rural", _("Rural telecentre")
        BUSINESS_CENTRE = "business_centre", _("Business centre")

    class Host(models.TextChoices):
        DIGITAL_SPACE = "digital_space", _("Public digital space")
        INCUBATOR = "incubator", _("Business incubator")
        BUSINESS_HOTEL = "business_hotel", _("Business hotel")
        TOWN_HALL = "town_hall", _("Town hall")
        SERVICE_HOUSE = "service_house", _("Public-service house")
        LIBRARY = "library", _("Library")
        FABLAB = "fablab", _("Fablab")

    class Technology(models.TextChoices):
        FIBRE = "fibre", _("Fibre")
        CABLE = "cable", _("Cable")
        DSL = "dsl", _("DSL")
        MOBILE = "mobile", _("4G/5G")
        SATELLITE = "satellite", _("Satellite")

    class Holidays(models.TextChoices):
        ALSACE_MOSELLE = "alsace_moselle", _("Alsace-Moselle")
        FRANCE = "france", _("Rest of France")
        NONE = "none", _("Open on public holidays")

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    search_key = SearchKeyField(max_length=120)
    operator = models.ForeignKey(
        Organisation,
        verbose_name=_("operator"),
        on_delete=models.PROTECT,
        related_name="sites",
        limit_choices_to={"capacities__kind": Capacity.Kind.OPERATOR},
        error_messages={"invalid": _("This organisation does not take part as an operator.")},
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    is_itinerant = models.BooleanField(_("itinerant"), default=False)
    is_active = models.BooleanField(_("takes bookings"), default=True)

    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="sites"
    )
    address = models.CharField(_("address"), max_length=200)
    postal_code = models.CharField(_("postcode"), max_length=5, validators=[validate_postal_code])
    latitude = models.FloatField(_("latitude"), validators=LATITUDES)
    longitude = models.FloatField(_("longitude"), validators=LONGITUDES)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Paris", validators=[validate_time_zone]
    )
    holidays = models.CharField(
        _("closed on public holidays of"),
        max_length=20,
        choices=Holidays,
        default=Holidays.ALSACE_MOSELLE,
    )

    phone = PhoneField(_("public telephone"), blank=True)
    # Shown, never looked up: no account is found by it, so any spelling will do.
    email = PublicEmailField(_("public e-mail address"), blank=True)

    description = models.TextField(_("description"), blank=True)
    surface_m2 = models.PositiveIntegerField(_("surface (m²)"), null=True, blank=True)
    host = models.CharField(_("hosted in"), max_length=20, choices=Host, blank=True)
    host_name = models.CharField(_("name of the host"), max_length=120, blank=True)
    technology = models.CharField(
        _("connection"), max_length=20, choices=Technology, default=Technology.FIBRE
    )
    download_mbps = models.PositiveIntegerField(_("download (Mbit/s)"))
    upload_mbps = models.PositiveIntegerField(_("upload (Mbit/s)"))
    services = models.ManyToManyField(
        Service, verbose_name=_("services"), blank=True, related_name="sites"
    )
    specialisations = models.ManyToManyField(
        Specialisation, verbose_name=_("specialities"), blank=True, related_name="sites"
    )

    step_free_access = models.BooleanField(_("step-free access"), default=False)
    accessible_toilet = models.BooleanField(_("accessible toilet"), default=False)
    accessible_parking = models.BooleanField(_("accessible parking"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    accessibility_note = models.CharField(_("accessibility note"), max_length=300, blank=True)
    directions = models.TextField(_("how to come"), blank=True)
    access_notes = models.TextField(
        _("access notes"), blank=True, help_text=_("Shown only to people with a booking.")
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        indexes = [models.Index(fields=["latitude", "longitude"], name="site_position")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="site_on_earth",
                violation_error_message=NOT_ON_EARTH,
                violation_error_code="site_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the site's page."""
        return reverse("site", args=[self.slug])

    @property
    def every_access_note(self) -> dict[str, str]:
        """Return how to get in, by language: what people with a booking are told."""
        others = {code: words.get("access_notes", "") for code, words in self.other_words.items()}
        told = {source_language(): self.access_notes, **others}
        return {code: text for code, text in told.items() if text}

    @property
    def category_hint(self) -> str:
        """Return what the name of the site's category leaves unsaid, or nothing."""
        return str(FLAGSHIP_HINT) if self.category == self.Category.FLAGSHIP else ""

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the site's days and hours are told."""
        return ZoneInfo(self.time_zone)

    @property
    def point(self) -> Point:
        """Return where the site's own address is."""
        return Point(self.latitude, self.longitude)


class Photo(models.Model):
    """A picture of a site, with words for those who do not see it."""

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="photos"
    )
    image = models.ImageField(_("image"), upload_to="sites/")
    alternative = models.CharField(_("text alternative"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.alternative
