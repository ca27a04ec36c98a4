"""What no field may hold."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.rules import FIRST_YEAR, LAST_YEAR, is_in_calendar


def validate_calendar(day: date) -> None:
    """Refuse a day, or an instant, that the network does not reckon with."""
    if not is_in_calendar(day):
        raise ValidationError(
            _("Choose a year between %(first)d and %(last)d."),
            code="out_of_calendar",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
