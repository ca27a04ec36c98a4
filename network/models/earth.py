"""Degrees that are on earth."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

LATITUDES = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDES = [MinValueValidator(-180), MaxValueValidator(180)]
NOT_ON_EARTH = _("Latitudes go from -90 to 90 degrees, longitudes from -180 to 180.")
