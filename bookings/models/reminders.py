"""Which days people were reminded of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import User


class Reminder(models.Model):
    """That a person was reminded of a day of theirs: never twice, whatever becomes of the mail.

    The day is a local one, from one instant to another by the clocks of the site that began it.
    """

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="reminders", db_index=False
    )
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="reminder_once_a_day",
                violation_error_message=_("This person was reminded of this day."),
                violation_error_code="reminder_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
