"""Second factors under the present key."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from network.accounts.sealing import over_secrets, reseal


class Command(BaseCommand):
    help = (
        "Encrypt second factors with the present SECRET_KEY, so that a former one can leave"
        " SECRET_KEY_FALLBACKS."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Turn every row, or none."""
        rows = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
        for row in rows.select_for_update().order_by("pk"):
            try:
                row.data = over_secrets(row.data, reseal)
            except InvalidToken as error:
                raise CommandError(f"No key opens the second factor {row.pk}.") from error
            row.save(update_fields=["data"])
        self.stdout.write(f"{rows.count()} second factors are under the present key.")
