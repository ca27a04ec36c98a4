"""Files of open data: where they are, and how their lines are read and checked."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from network.rules import holds_odd_characters, search_key
from network.text import one_line

DATA = Path(settings.BASE_DIR) / "data"
COMMUNES = DATA / "communes_grand_est.csv"
DEPARTEMENTS = DATA / "departements.csv"
FORMER_COMMUNES = DATA / "anciennes_communes_grand_est.csv"
FORMER_CODES = DATA / "anciens_codes_grand_est.csv"
OTHER_NAMES = DATA / "autres_noms_67_68.csv"

#: One line of a file by the names of its columns; a line too long has what is over under None.
Line = dict[str, str]


class UnreadableFile(Exception):
    """The file as a whole cannot be used; its message says why."""


class BadRow(Exception):
    """One row cannot be used; its message says why."""


@dataclass
class Report:
    """What became of the rows; `refused` tells the line and the reason."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def read(path: Path, columns: Iterable[str], delimiter: str = ",") -> list[tuple[int, Line]]:
    """Return the numbered lines of a file that has those columns. Raises UnreadableFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableFile(f"{path} lacks the column {', '.join(missing)}.")
            return [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} is not in UTF-8 (byte {error.start}).") from error
    except csv.Error as error:
        raise UnreadableFile(f"{path} is not a CSV file: {error}.") from error


def stripped(line: Line, columns: Iterable[str]) -> Line:
    """Return the columns of a line without the spaces around. Raises BadRow for a broken line."""
    if None in line or None in line.values():
        raise BadRow("it has not as many fields as the heading")
    return {name: line[name].strip() for name in columns}


def matched(pattern: re.Pattern[str], text: str, what: str) -> str:
    """Return `text` if it reads like `pattern`. Raises BadRow."""
    if not pattern.fullmatch(text):
        raise BadRow(f"bad {what} {text!r}" if text else f"no {what}")
    return text


def named(text: str, longest: int, what: str) -> str:
    """Return `text` if it is a name of bearable length, of what can be shown. Raises BadRow."""
    is_odd = holds_odd_characters(text) or text != one_line(text)
    if is_odd or not search_key(text) or max(len(search_key(text)), len(text)) > longest:
        raise BadRow(f"bad {what} {text[:30]!r}" if text else f"no {what}")
    return text
