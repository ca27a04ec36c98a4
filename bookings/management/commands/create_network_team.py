"""The group of the network team."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bookings.admin.team import NAME, complete, lacking, network_team


class Command(BaseCommand):
    help = (
        "Make the group of the network team with its permissions, unless it is there;"
        " name those that it lacks since this release."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add whether to give what is lacking."""
        parser.add_argument(
            "--complete", action="store_true", help="give the group what it lacks as well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or complete the group; say how many permissions it has, and which it lacks."""
        team = network_team()
        if options["complete"]:
            complete(team)
        self.stdout.write(f"The group “{NAME}” has {team.permissions.count()} permissions.")
        missing = [f"{one.content_type.app_label}.{one.codename}" for one in lacking(team)]
        if missing:
            self.stdout.write(f"It lacks {', '.join(missing)}: give them with --complete.")
