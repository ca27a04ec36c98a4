"""Other names of communes, from the files that data/README.md tells of."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from network.models import Commune, CommuneName
from network.models.territories import LONGEST_NAME
from network.places.files import read
from network.rules import search_key, spellings

FORMER_COLUMNS = ("nom_ancien", "code_insee")
OTHER_COLUMNS = ("autres_noms", "code_insee")
NameKey = tuple[int, str]


def load_names(former: Path, others: Path) -> None:
    """Give communes the names of those files and no other. Raises UnreadableFile.

    Names of communes that are not loaded are left out.
    """
    names = list(names_in(former, others))
    communes = {one.insee_code: one for one in Commune.objects.all()}
    official = [(one.insee_code, one.name) for one in communes.values()]
    wanted: dict[NameKey, str] = {}
    for insee_code, name in [*official, *names]:
        if commune := communes.get(insee_code):
            wanted |= {
                (commune.pk, key): wanted.get((commune.pk, key), name)
                for key in spellings(name)
                if key != commune.search_key
            }
    write_names(wanted)


def names_in(former: Path, others: Path) -> Iterator[tuple[str, str]]:
    """Yield INSEE codes of today with a name, those to be shown first: of former communes.

    Of two that are found alike the one with its umlaut comes first: Mülhausen, Muelhausen.
    """
    for _number, row in read(former, FORMER_COLUMNS):
        yield from usable(row["code_insee"], [row["nom_ancien"]])
    for _number, row in read(others, OTHER_COLUMNS):
        names = sorted((row["autres_noms"] or "").split("|"), key=str.isascii)
        yield from usable(row["code_insee"], names)


def usable(insee_code: str, names: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    """Yield the names that have letters and a bearable length."""
    for name in names:
        if name and search_key(name) and all(len(key) <= LONGEST_NAME for key in spellings(name)):
            yield insee_code, name


def write_names(wanted: dict[NameKey, str]) -> None:
    """Write what differs from what is there."""
    known = {(one.commune_id, one.search_key): one for one in CommuneName.objects.all()}
    stale = [one.pk for key, one in known.items() if wanted.get(key) != one.name]
    CommuneName.objects.filter(pk__in=stale).delete()
    CommuneName.objects.bulk_create(
        CommuneName(commune_id=key[0], search_key=key[1], name=name)
        for key, name in wanted.items()
        if key not in known or known[key].name != name
    )
