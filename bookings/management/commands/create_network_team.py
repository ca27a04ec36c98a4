"""The group of the network team."""

from typing import Any

from django.core.management.base import BaseCommand

from bookings.admin.team import NAME, network_team


class Command(BaseCommand):
    help = "Make the group of the network team with its permissions, unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the group, and say how many permissions it has."""
        total = network_team().permissions.count()
        self.stdout.write(f"The group “{NAME}” has {total} permissions.")
