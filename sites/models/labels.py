"""Labels that others than the network give to sites, the versions of their charters, who has them.

A charter gets a new version: from then on it is that one which sites are given, and those that
hold the old one keep it until their own end.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from network.models.constraints import Unique
from network.models.fields import DayField
from network.sql import Given
from sites.models.constraints import ends_not_before_start
from sites.models.fields import LinkField
from sites.models.site import Site
from sites.models.vocabulary import Term
from sites.models.worded import Worded

#: Not the label of a unit, which is its name.
RECOGNITION = pgettext_lazy("recognition", "label")


class Label(Term):
    """A recognition by others: France services, a digital space's, a tiers-lieu's charter…"""

    owner = models.CharField(_("owner"), max_length=200)
    excludes = models.ManyToManyField(
        "self",
        verbose_name=_("cannot be held along with"),
        blank=True,
        help_text=_("No site may hold both at one time."),
    )

    class Meta:
        verbose_name = RECOGNITION
        verbose_name_plural = _("labels")


class LabelVersion(Worded):
    """One version of a label's charter, and when sites could be given it."""

    WORDED: ClassVar[tuple[str, ...]] = ("criteria",)

    label = models.ForeignKey(
        Label, verbose_name=RECOGNITION, on_delete=models.CASCADE, related_name="versions"
    )
    name = models.CharField(_("version"), max_length=40)
    criteria = models.TextField(_("criteria"), blank=True)
    criteria_url = LinkField(_("link to the criteria"), blank=True)
    given_from = DayField(_("given from"))
    given_to = DayField(_("given to (included)"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a label")
        verbose_name_plural = _("versions of labels")
        constraints = [
            Unique(
                field="name",
                fields=["label", "name"],
                name="version_once_per_label",
                violation_error_message=_("The label has a version of this name already."),
            ),
            ends_not_before_start("given_from", "given_to", name="version_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    def is_given_on(self, day: date) -> bool:
        """Tell whether a site could be given this version on `day`."""
        return self.given_from <= day and (self.given_to is None or day <= self.given_to)


class SiteLabelQuerySet(models.QuerySet["SiteLabel"]):
    def held_on(self, day: date | Given) -> Self:
        """Keep labels that are held on `day`."""
        has_begun = self.filter(starts_on__lte=day)
        return has_begun.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day))


class SiteLabel(models.Model):
    """A site holds a label, in the version that it was given, both days included.

    What it must not hold beside it is checked by `sites.labels`.
    """

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="labels"
    )
    version = models.ForeignKey(
        LabelVersion, verbose_name=RECOGNITION, on_delete=models.PROTECT, related_name="holders"
    )
    starts_on = DayField(_("held from"))
    ends_on = DayField(_("to (included)"), null=True, blank=True)

    objects = SiteLabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("label held")
        verbose_name_plural = _("labels held")
        constraints = [
            ends_not_before_start("starts_on", "ends_on", name="label_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return str(self.version)

    def clean(self) -> None:
        """Refuse a version of the charter that was not given on the first day."""
        if self.version_id and self.starts_on and not self.version.is_given_on(self.starts_on):
            text = _("This version of the label was not given on that day.")
            raise ValidationError({"starts_on": text}, code="label_version_not_given")
