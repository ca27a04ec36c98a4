"""At which field a refusal is said: beside what is to be typed anew, not only on top."""

from django.forms import BaseForm

from bookings.errors import OutsideOpeningHours
from network.errors import Refusal

#: Code of a refusal and the field whose correction lifts it; others concern no field alone.
#: Those of times are asked of a booking's only time: of several, the code does not tell which.
FIELD_OF = {
    "capacity_exceeded": "people",
    "quota_of_space": "people",
    "closed": "on",
    "in_the_past": "on",
    "too_far_ahead": "on",
    "too_long": "ends",
    "too_short": "ends",
}


def say_at_field(refusal: Refusal, form: BaseForm) -> bool:
    """Say `refusal` under the field of a checked form that it concerns; tell whether one does."""
    name = field_of(refusal)
    if name not in form.fields:
        return False
    form.add_error(name, str(refusal.message))
    return True


def field_of(refusal: Refusal) -> str:
    """Return the name of the field that a refusal concerns, nothing if none alone."""
    if isinstance(refusal, OutsideOpeningHours):
        return refusal.edge
    return FIELD_OF.get(refusal.code, "")
