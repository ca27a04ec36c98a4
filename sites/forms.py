"""Fields of forms about days and hours."""

from datetime import time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sites.clocks import MIDNIGHT


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker, by quarters of an hour."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"step": 900})


class EndField(forms.TimeField):
    """When something ends: 24:00 and 00:00 are the end of its day."""

    def to_python(self, value: Any) -> time | None:
        """Read "24:00", which no clock shows, as the midnight that browsers give."""
        return MIDNIGHT if is_end_of_day(value) else super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Return "24:00" as time pickers know it."""
        return "00:00" if is_end_of_day(value) else value


class EndMomentField(forms.SplitDateTimeField):
    """The day and time when something ends: 24:00 is the end of that day.

    00:00 stays its beginning, as the field shows the end that was saved.
    """

    def clean(self, value: Any) -> Any:
        """Read "24:00" as the next day's midnight."""
        day, clock = value if isinstance(value, list) and len(value) == 2 else (None, None)
        if not is_end_of_day(clock):
            return super().clean(value)
        try:
            following = self.fields[0].clean(day) + timedelta(days=1)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid_date"], "invalid_date") from error
        return super().clean([following, MIDNIGHT])


def is_end_of_day(value: Any) -> bool:
    """Tell whether `value` is a typed "24:00"."""
    return isinstance(value, str) and value.strip() in ("24:00", "24:00:00")
