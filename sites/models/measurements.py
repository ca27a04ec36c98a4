"""What the line of a site really carries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.constraints import Unique
from network.models.fields import DayField
from sites.models.site import Site


class SpeedMeasurement(models.Model):
    """A speed measured on a day; earlier ones are kept, the latest is shown."""

    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="measurements"
    )
    measured_on = DayField(_("measured on"))
    measured_by = models.CharField(_("measured by"), max_length=120)
    download_mbps = models.PositiveIntegerField(_("download (Mbit/s)"))
    upload_mbps = models.PositiveIntegerField(_("upload (Mbit/s)"))

    class Meta:
        verbose_name = _("measured speed")
        verbose_name_plural = _("measured speeds")
        constraints = [
            Unique(
                field="measured_on",
                fields=["site", "measured_on"],
                name="speed_measured_once_a_day",
                violation_error_message=_("The site has a measurement of this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.download_mbps}/{self.upload_mbps} Mbit/s"
