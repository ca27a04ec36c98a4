"""Régions, départements and EPCI: columns of communes, and the territories that follow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from network.models import Commune, Departement, Region, Territory
from network.places.files import DEPARTEMENTS, matched, named, read, stripped
from network.places.writing import Plan, write_territories

COLUMNS = ("code", "nom", "code_region", "nom_region")
CODE = re.compile(r"\d[0-9AB]\d?", re.ASCII)
REGION_CODE = re.compile(r"\d\d", re.ASCII)
Kind = Territory.Kind


@dataclass(frozen=True)
class Official:
    """A département of the official code and its région."""

    name: str
    region: str
    region_name: str


@dataclass(frozen=True)
class Edition:
    """Where the codes of communes come from, and the day that they tell of."""

    source: str = ""
    valid_on: date | None = None


#: Of the files in `data/`.
SHIPPED = Edition("INSEE, code officiel géographique ; DGCL", date(2026, 1, 1))


def known_departements() -> dict[str, Official]:
    """Return every département of France by its code. Raises UnreadableFile and BadRow."""
    lines = (stripped(line, COLUMNS) for _number, line in read(DEPARTEMENTS, COLUMNS))
    return {
        matched(CODE, line["code"], "code"): Official(
            named(line["nom"], 100, "name"),
            matched(REGION_CODE, line["code_region"], "code of a région"),
            named(line["nom_region"], 100, "name of a région"),
        )
        for line in lines
    }


def write_departements(wanted: Mapping[str, Official]) -> dict[str, int]:
    """Make the régions and départements that lack, and return the latter's keys by code."""
    Region.objects.bulk_create(
        [Region(code=code, name=name) for code, name in sorted(regions_of(wanted).items())],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    keys = dict(Region.objects.values_list("code", "pk"))
    Departement.objects.bulk_create(
        [
            Departement(code=code, name=one.name, region_id=keys[one.region])
            for code, one in sorted(wanted.items())
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "region"],
    )
    return dict(Departement.objects.values_list("code", "pk"))


def regions_of(departements: Mapping[str, Official]) -> dict[str, str]:
    """Return the names of their régions by code."""
    return {one.region: one.region_name for one in departements.values()}


def write_official(edition: Edition) -> None:
    """Have régions, départements and EPCI as territories, as the communes say; and no other."""
    communes: dict[tuple[str, str], set[int]] = {}
    names: dict[tuple[str, str], str] = {}
    for key, kind, code, name in belongings():
        communes.setdefault((kind, code), set()).add(key)
        names[kind, code] = name
    plans = [
        Plan(kind, code, names[kind, code], edition.source, edition.valid_on, frozenset(keys))
        for (kind, code), keys in communes.items()
    ]
    write_territories(plans)
    for row in Territory.objects.filter(kind__in=Territory.OFFICIAL):
        if (row.kind, row.code) not in communes:
            row.delete()


def belongings() -> Iterator[tuple[int, str, str, str]]:
    """Yield each commune's key with the kind, code and name of what it belongs to."""
    for one in Commune.objects.select_related("departement__region", "epci"):
        departement, region, epci = one.departement, one.departement.region, one.epci
        yield one.pk, Kind.REGION, region.code, region.name
        yield one.pk, Kind.DEPARTEMENT, departement.code, departement.name
        if epci is not None:
            yield one.pk, Kind.EPCI, epci.siren, epci.name
