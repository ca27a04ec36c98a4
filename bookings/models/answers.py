"""What makes answers repeatable."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models import User


class IdempotentAnswer(models.Model):
    """The first answer given to a request that carried an idempotency key."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="idempotent_answers")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="idempotency_key_once_per_person",
                violation_error_message=_("This person has used this key already."),
                violation_error_code="idempotency_key_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return self.key
