"""Erase what has been kept long enough."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from network.jobs.chores import due_counts, purge


class Command(BaseCommand):
    help = "Erase the personal data whose time is over, as the privacy page says (hourly: work)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the dry run."""
        parser.add_argument("--dry-run", action="store_true", help="count, and touch nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, or count, and print one line for each kind."""
        now = timezone.now()
        counts = due_counts(now) if options["dry_run"] else purge(now=now)
        for kind, count in counts.items():
            self.stdout.write(f"{kind}: {count}")
