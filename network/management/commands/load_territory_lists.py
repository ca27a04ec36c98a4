"""Territories that no official code tells: Pays, basins, zones."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.places.files import Report, UnreadableFile
from network.places.lists import Lists, read_lists
from network.places.official import Edition
from network.places.writing import write_territories
from network.rules import is_in_calendar


def day(text: str) -> date:
    """Return the day that `text` writes. Raises ValueError outside the network's years."""
    found = date.fromisoformat(text)
    if not is_in_calendar(found):
        raise ValueError(text)
    return found


class Command(BaseCommand):
    help = "Load territories from lists of communes (see data/README.md): all of them or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the files, where they come from and whether to write."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--source", required=True, help="who published the lists")
        parser.add_argument(
            "--valid-on", required=True, type=day, help="as they stood on this day (2025-01-31)"
        )
        parser.add_argument("--dry-run", action="store_true", help="check, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and check every line; write when all are good."""
        lists = self.checked(options["files"])
        plans = lists.plans(Edition(options["source"][:200], options["valid_on"]))
        if options["dry_run"]:
            self.stdout.write(f"{len(plans)} territories are good. Nothing was written.")
            return
        self.tell(write_territories(plans))

    def checked(self, paths: list[Path]) -> Lists:
        """Return what the files hold. Raises CommandError when a line of them is refused."""
        try:
            lists = read_lists(paths)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        for refused in lists.refused:
            self.stderr.write(str(refused))
        if lists.refused:
            raise CommandError(f"{len(lists.refused)} lines refused. Nothing was written.")
        return lists

    def tell(self, report: Report) -> None:
        """Say what was done."""
        self.stdout.write(
            f"{report.created} territories created, {report.updated} updated,"
            f" {report.unchanged} unchanged."
        )
