"""Territories from lists of communes: read, checked line by line, then written all or none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from network.models import Commune, Territory
from network.models.commune_sets import LONGEST_CODE
from network.models.fields import CodeField
from network.places.files import (
    FORMER_CODES,
    FORMER_COMMUNES,
    BadRow,
    Line,
    UnreadableFile,
    matched,
    named,
    read,
    stripped,
)
from network.places.official import Edition
from network.places.writing import Key, Plan

COLUMNS = ("kind", "code", "name", "insee_code")
FORMER_COLUMNS = ("code_ancien", "code_insee")
#: Kinds that lists may hold: the others follow from the communes themselves.
LISTED = tuple(one for one in Territory.Kind if one not in Territory.OFFICIAL)
CODE = re.compile(rf"(?=.{{1,{LONGEST_CODE}}}\Z){CodeField.PATTERN}", re.ASCII)
INSEE_CODE = re.compile(r"\d[0-9AB]\d{3}", re.ASCII)


@dataclass(frozen=True)
class Refused:
    """A line of a list that cannot be used, and why."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path.name}, line {self.line} refused: {self.reason}"


@dataclass
class Draft:
    """A territory as far as it was read."""

    name: str
    place: str
    #: code as written → (key of the commune of today, where it was written)
    communes: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass
class Lists:
    """What several files hold together."""

    drafts: dict[Key, Draft] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def plans(self, edition: Edition) -> list[Plan]:
        """Return the territories that were read."""
        return [
            Plan(
                kind,
                code,
                draft.name,
                edition.source,
                edition.valid_on,
                frozenset(key for key, _place in draft.communes.values()),
            )
            for (kind, code), draft in self.drafts.items()
        ]


def read_lists(paths: Sequence[Path]) -> Lists:
    """Read lists of territories, one commune a line. Raises UnreadableFile.

    A commune that was merged into another stands for today's.
    """
    lists, keys = Lists(), keys_by_code()
    for path, number, line in lines_of(paths):
        try:
            add(lists, line, keys, f"line {number} of {path.name}")
        except BadRow as refusal:
            lists.refused.append(Refused(path, number, str(refusal)))
    return lists


def lines_of(paths: Iterable[Path]) -> Iterator[tuple[Path, int, Line]]:
    """Yield the lines of all files, one at least of each, with where each stands.

    Raises UnreadableFile.
    """
    for path in paths:
        lines = read(path, COLUMNS, delimiter=";")
        if not lines:
            raise UnreadableFile(f"{path} has no line under its heading.")
        for number, line in lines:
            yield path, number, line


def add(lists: Lists, line: Line, keys: Mapping[str, int], place: str) -> None:
    """Put one line to its territory. Raises BadRow."""
    text = stripped(line, COLUMNS)
    kind = listed_kind(text["kind"])
    code = matched(CODE, text["code"], "code")
    name = named(text["name"], 200, "name")
    insee_code = matched(INSEE_CODE, text["insee_code"].upper(), "INSEE code")
    if insee_code not in keys:
        raise BadRow(f"there is no commune {insee_code}")
    draft = lists.drafts.get((kind, code), Draft(name, place))
    if draft.name != name:
        raise BadRow(f"{code} is called {draft.name!r} on {draft.place}")
    if insee_code in draft.communes:
        raise BadRow(f"{insee_code} is already on {draft.communes[insee_code][1]}")
    draft.communes[insee_code] = keys[insee_code], place
    lists.drafts[kind, code] = draft


def listed_kind(text: str) -> str:
    """Return `text` if lists may hold such a territory. Raises BadRow."""
    if text in Territory.OFFICIAL:
        raise BadRow(f"load_territories writes a {text} from the communes")
    if text not in LISTED:
        raise BadRow(f"unknown kind {text!r}: write one of {', '.join(LISTED)}")
    return text


def keys_by_code() -> dict[str, int]:
    """Return the key of the commune of today for every INSEE code, former ones too."""
    today = dict(Commune.objects.values_list("insee_code", "pk"))
    former = {
        row["code_ancien"]: today[row["code_insee"]]
        # Where both tell of a commune, the list that also has its name is right.
        for path in (FORMER_CODES, FORMER_COMMUNES)
        for _number, row in read(path, FORMER_COLUMNS)
        if row["code_insee"] in today
    }
    return former | today
