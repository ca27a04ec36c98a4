"""Make an API token for a person."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from network.actions import TokenRefused, create_token
from network.models import ApiToken, User


class Command(BaseCommand):
    """Print a new token, as the last word: it is kept nowhere and cannot be shown again."""

    help = "Make an API token for the person of this e-mail; its last word is the token."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the e-mail, the scopes, the days and the name."""
        scopes = ", ".join(ApiToken.Scope.values)
        parser.add_argument("email")
        parser.add_argument("--scope", action="append", default=[], help=f"one of {scopes}")
        parser.add_argument("--days", type=int, default=90, help="how long it works (90)")
        parser.add_argument("--name", default="manage.py", help="how its owner will know it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token, or say what is wrong with the request."""
        person = self.person(options["email"])
        unknown = set(options["scope"]) - set(ApiToken.Scope.values)
        if unknown or not options["scope"]:
            known = ", ".join(ApiToken.Scope.values)
            raise CommandError(f"Unknown or missing scope {sorted(unknown)}: give --scope {known}.")
        token, secret = self.make(person, options)
        scopes = ", ".join(token.scopes)
        self.stdout.write(f"{person.email} ({scopes}) until {token.expires_at:%Y-%m-%d}: {secret}")

    def person(self, email: str) -> User:
        """Return the active person of this e-mail."""
        person = User.objects.filter(email=email, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody active has the e-mail {email}.")
        return person

    def make(self, person: User, options: dict[str, Any]) -> tuple[ApiToken, str]:
        """Make the token that the options ask for."""
        now = timezone.now()
        if not 1 <= options["days"] <= 3650:
            raise CommandError("--days must be between 1 and 3650.")
        try:
            return create_token(
                person=person,
                name=options["name"],
                scopes=options["scope"],
                expires_at=now + timedelta(days=options["days"]),
                now=now,
            )
        except TokenRefused as refusal:
            raise CommandError(str(refusal.message)) from refusal
