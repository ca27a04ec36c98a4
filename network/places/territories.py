"""Territories from a list of communes (see data/README.md): read, checked, then written at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from django.db import transaction

from network.models import Commune, Epci, PostalCode
from network.places.files import BadRow, Line, Report, matched, named, read, stripped
from network.places.official import Official, known_departements, write_departements
from network.rules import search_key

COLUMNS = (
    "code_insee",
    "nom",
    "departement",
    "codes_postaux",
    "population",
    "code_epci",
    "nom_epci",
    "latitude",
    "longitude",
)
COMMUNE_FIELDS = (
    "name",
    "search_key",
    "departement_id",
    "epci_id",
    "population",
    "latitude",
    "longitude",
)
INSEE_CODE = re.compile(r"\d[0-9AB]\d{3}", re.ASCII)
POSTAL_CODE = re.compile(r"\d{5}", re.ASCII)
SIREN = re.compile(r"\d{9}", re.ASCII)
POPULATION = re.compile(r"\d{1,8}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class CommuneRow:
    """One checked row of the file."""

    insee_code: str
    name: str
    departement: str
    epci: str
    epci_name: str
    population: int
    latitude: float
    longitude: float
    postal_codes: frozenset[str]


def load(path: Path) -> Report:
    """Read `path` and write its territories, all or none. Raises UnreadableFile."""
    report = Report()
    departements = known_departements()
    rows = list(usable_rows(read(path, COLUMNS), departements, report))
    with transaction.atomic():
        write(rows, departements, report)
    return report


def usable_rows(
    lines: Iterable[tuple[int, Line]], departements: Mapping[str, Official], report: Report
) -> Iterator[CommuneRow]:
    """Check each line; those refused go to the report."""
    line_of: dict[str, int] = {}
    for number, line in lines:
        try:
            row = check(line, departements)
            if row.insee_code in line_of:
                raise BadRow(f"{row.insee_code} is already on line {line_of[row.insee_code]}")
        except BadRow as refusal:
            report.refused.append((number, str(refusal)))
        else:
            line_of[row.insee_code] = number
            yield row


def check(line: Line, departements: Mapping[str, Official]) -> CommuneRow:
    """Return the line as a row. Raises BadRow."""
    text = stripped(line, COLUMNS)
    departement = text["departement"]
    if departement not in departements:
        raise BadRow(f"unknown département {departement!r}")
    insee_code = matched(INSEE_CODE, text["code_insee"], "INSEE code")
    if not insee_code.startswith(departement):
        raise BadRow(f"INSEE code {insee_code} is not of département {departement}")
    return CommuneRow(
        insee_code=insee_code,
        name=named(text["nom"], 100, "name"),
        departement=departement,
        epci=matched(SIREN, text["code_epci"], "EPCI code") if text["code_epci"] else "",
        epci_name=named(text["nom_epci"], 200, "EPCI name") if text["code_epci"] else "",
        population=int(matched(POPULATION, text["population"], "population")),
        latitude=degrees(text["latitude"], 90, "latitude"),
        longitude=degrees(text["longitude"], 180, "longitude"),
        postal_codes=frozenset(
            matched(POSTAL_CODE, code, "postcode") for code in text["codes_postaux"].split("|")
        ),
    )


def degrees(text: str, most: int, what: str) -> float:
    """Return `text` as degrees between -`most` and `most`. Raises BadRow."""
    if not text:
        raise BadRow("no coordinates")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > most:
        raise BadRow(f"bad {what} {text!r}")
    return value


def write(rows: list[CommuneRow], known: Mapping[str, Official], report: Report) -> None:
    """Write what differs from what is there, in a number of queries that few rows do not move."""
    departements = write_departements({row.departement: known[row.departement] for row in rows})
    epcis = write_epcis({row.epci: row.epci_name for row in reversed(rows) if row.epci})
    before = {commune.insee_code: commune for commune in Commune.objects.all()}
    codes_before = known_postal_codes()
    wanted = [as_commune(row, departements, epcis) for row in rows]
    changed = [one for one in wanted if differs(one, before.get(one.insee_code))]
    recoded = {
        row.insee_code for row in rows if set(row.postal_codes) != codes_before.get(row.insee_code)
    }
    touched = {commune.insee_code for commune in changed} | recoded
    report.created = sum(code not in before for code in touched)
    report.updated = len(touched) - report.created
    report.unchanged = len(rows) - len(touched)
    Commune.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["insee_code"],
        update_fields=[name.removesuffix("_id") for name in COMMUNE_FIELDS],
    )
    write_postal_codes([row for row in rows if row.insee_code in recoded])


def write_epcis(names: dict[str, str]) -> dict[str, int]:
    """Write the groupings of communes, and return their keys by SIREN."""
    Epci.objects.bulk_create(
        [Epci(siren=siren, name=name) for siren, name in sorted(names.items())],
        update_conflicts=True,
        unique_fields=["siren"],
        update_fields=["name"],
    )
    return dict(Epci.objects.values_list("siren", "pk"))


def known_postal_codes() -> dict[str, set[str]]:
    """Return the postcodes of each commune."""
    known: dict[str, set[str]] = {}
    for insee_code, code in PostalCode.objects.values_list("commune__insee_code", "code"):
        known.setdefault(insee_code, set()).add(code)
    return known


def as_commune(row: CommuneRow, departements: dict[str, int], epcis: dict[str, int]) -> Commune:
    """Return the commune that `row` describes, unsaved."""
    return Commune(
        insee_code=row.insee_code,
        name=row.name,
        search_key=search_key(row.name),
        departement_id=departements[row.departement],
        epci_id=epcis[row.epci] if row.epci else None,
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def differs(wanted: Commune, known: Commune | None) -> bool:
    """Tell whether `known` must be made or changed to be as `wanted`."""
    return known is None or any(
        getattr(wanted, name) != getattr(known, name) for name in COMMUNE_FIELDS
    )


def write_postal_codes(rows: list[CommuneRow]) -> None:
    """Give the communes of `rows` their postcodes and no other."""
    keys = dict(Commune.objects.values_list("insee_code", "pk"))
    PostalCode.objects.filter(commune__in=[keys[row.insee_code] for row in rows]).delete()
    PostalCode.objects.bulk_create(
        PostalCode(commune_id=keys[row.insee_code], code=code)
        for row in rows
        for code in sorted(row.postal_codes)
    )
