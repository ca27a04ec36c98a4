"""Days that forms about prices ask for."""

from typing import Any

from django import forms

from network.validators import validate_calendar
from sites.forms import DateInput


class DayField(forms.DateField):
    """A day of the years that the network reckons with, by the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DateInput(), validators=[validate_calendar], **options)
