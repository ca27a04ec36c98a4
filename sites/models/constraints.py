"""What the database keeps of many tables alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def ends_not_before_start(start: str, end: str, *, name: str) -> models.CheckConstraint:
    """Return the constraint that the last day, if there is one, is not before the first."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{end}__gte": models.F(start)}),
        name=name,
        violation_error_message=_("The end must come after the start."),
    )
