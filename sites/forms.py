"""Fields of forms about hours."""

from datetime import time
from typing import Any

from django import forms

from sites.clocks import MIDNIGHT


class EndField(forms.TimeField):
    """When something ends: 24:00 and 00:00 are the end of its day."""

    def to_python(self, value: Any) -> time | None:
        """Read "24:00", which no clock shows, as the midnight that browsers give."""
        return MIDNIGHT if is_end_of_day(value) else super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Return "24:00" as time pickers know it."""
        return "00:00" if is_end_of_day(value) else value


def is_end_of_day(value: Any) -> bool:
    """Tell whether `value` is a typed "24:00"."""
    return isinstance(value, str) and value.strip() in ("24:00", "24:00:00")
