"""Days and times as people pick them."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from bookings.wishes import EARLIEST_DAY, LATEST_DAY
from sites.forms import DateInput

EARLIEST = MinValueValidator(EARLIEST_DAY, _("This day is over. Choose a later one."))
LATEST = MaxValueValidator(LATEST_DAY, _("This day is too far ahead. Choose an earlier one."))


class DayField(forms.DateField):
    """A day that has a day before and after: others cannot be told in every time zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DateInput(), validators=[EARLIEST, LATEST], **options)
