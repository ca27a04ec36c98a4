"""Territories, and the outlines of départements that maps show."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from network.models import Commune, Departement
from network.models.territories import forget_said
from network.places.files import COMMUNES, FORMER_COMMUNES, OTHER_NAMES, Report, UnreadableFile
from network.places.names import load_names
from network.places.official import SHIPPED, Edition, write_official
from network.places.territories import load
from sites.maps.outlines import outlines


class Command(BaseCommand):
    help = "Load régions, départements, EPCI and communes from a CSV file (see data/README.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the file."""
        parser.add_argument("file", nargs="?", type=Path, default=COMMUNES)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and tell what became of each row."""
        try:
            report = load_territories(Path(options["file"]))
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        if not options["verbosity"]:
            self.stdout.write(in_short(report))
            return
        for line, reason in report.refused:
            self.stderr.write(f"line {line} refused: {reason}")
        self.stdout.write(
            f"{report.created} communes created, {report.updated} updated,"
            f" {report.unchanged} unchanged, {len(report.refused)} refused."
        )


def in_short(report: Report) -> str:
    """Return how many communes there are now; lines that nobody can mend then and there, not."""
    return f"{report.created + report.updated + report.unchanged} communes loaded."


@transaction.atomic
def load_territories(path: Path = COMMUNES) -> Report:
    """Load the file, other names of its communes and the territories they make, all or nothing.

    Draw its départements. Raises UnreadableFile.
    """
    report = load(path)
    load_names(FORMER_COMMUNES, OTHER_NAMES)
    write_official(SHIPPED if path == COMMUNES else Edition(path.name))
    transaction.on_commit(forget_said)
    if report.created or report.updated or Departement.objects.filter(outline=[]).exists():
        draw_departements()
    return report


def draw_departements() -> None:
    """Keep the outline of each département, drawn from the points of its communes."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    rows = Commune.objects.order_by("insee_code")
    for code, lon, lat in rows.values_list("departement__code", "longitude", "latitude"):
        points[code].append((lon, lat))
    rings = outlines(points)
    departements = list(Departement.objects.all())
    for departement in departements:
        departement.outline = rings.get(departement.code, [])
    Departement.objects.bulk_update(departements, ["outline"])
