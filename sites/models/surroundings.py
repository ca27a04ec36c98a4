"""What is around a site: the stops of public transport, and partners there or near."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.fields import SearchKeyField
from sites.models.fields import LinkField
from sites.models.site import Site
from sites.models.worded import Worded

#: 5 km an hour.
METRES_A_MINUTE = 83


class TransitStop(models.Model):
    """A stop or station near a site, how far it is in metres, in minutes on foot, or both."""

    class Mode(models.TextChoices):
        TRAIN = "train", _("train")
        TRAM = "tram", _("tram")
        BUS = "bus", _("bus")

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="transit_stops"
    )
    mode = models.CharField(_("mode of transport"), max_length=10, choices=Mode)
    name = models.CharField(_("name"), max_length=120)
    search_key = SearchKeyField(max_length=120)
    distance_m = models.PositiveIntegerField(_("distance (m)"), null=True, blank=True)
    walk_minutes = models.PositiveSmallIntegerField(_("minutes on foot"), null=True, blank=True)

    class Meta:
        verbose_name = _("stop of public transport")
        verbose_name_plural = _("stops of public transport")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(distance_m__isnull=False) | models.Q(walk_minutes__isnull=False),
                name="transit_stop_is_some_way_off",
                violation_error_code="transit_stop_is_some_way_off",
                violation_error_message=_("Say how far it is: in metres or in minutes on foot."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def nearness(self) -> float:
        """Return how many minutes off it is on foot, as far as one can tell."""
        return self.walk_minutes or (self.distance_m or 0) / METRES_A_MINUTE


class Partner(Worded):
    """Who works with a site: near it, or with a desk held on site on some days."""

    WORDED: ClassVar[tuple[str, ...]] = ("offers", "held")

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="partners"
    )
    name = models.CharField(_("name"), max_length=120)
    is_on_site = models.BooleanField(_("holds a desk on site"), default=False)
    offers = models.CharField(_("what it does"), max_length=200)
    held = models.CharField(
        _("when"), max_length=120, blank=True, help_text=_("In words: Tuesdays from 9 to 12.")
    )
    contact_url = LinkField(_("link to reach it"), blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name
