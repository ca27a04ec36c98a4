"""Lists of people as spreadsheets save them: CSV in any usual encoding, by any usual separator."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from network.rules import holds_odd_characters, plain_words
from network.text import one_line
from subscriptions.errors import ListUnreadable

#: Lines under the heading, and bytes of a file: the service takes no more of anything typed.
MOST_LINES, MOST_BYTES = 5_000, 800_000
SEPARATORS = ";,\t"
#: The words of a heading, plain, for each column that is read.
COLUMNS = {
    "email": {"e mail", "email", "mail", "courriel", "e mail address", "e mail adresse"}
    | {"adresse e mail", "adresse de courriel"},
    "name": {"name", "nom", "full name", "nom complet"},
    "team": {"team", "equipe", "abteilung"},
    "cost_centre": {"cost centre", "cost center", "centre de cout", "centre de couts"}
    | {"kostenstelle", "code"},
}


@dataclass(frozen=True)
class Row:
    """A line under the heading, by its number in the list."""

    line: int
    email: str
    name: str = ""
    team: str = ""
    cost_centre: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a list says, and its columns that nothing is made of."""

    rows: Sequence[Row]
    unknown: Sequence[str] = ()


def decoded(content: bytes) -> str:
    """Return the text of a file, in UTF-8 or as Windows writes it. Raises ListUnreadable."""
    if len(content) > MOST_BYTES:
        raise ListUnreadable(_("The file is too large: send it in parts."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not holds_odd_characters(text):
            return text
    raise ListUnreadable(
        _("This is not a CSV file: in your spreadsheet, save the list as CSV, then send that.")
    )


def read_sheet(text: str) -> Sheet:
    """Return what a list says, its first line naming the columns. Raises ListUnreadable."""
    try:
        lines = list(lines_of(text))
    except csv.Error as error:
        raise ListUnreadable(
            _("The list cannot be read: a quotation mark is not closed.")
        ) from error
    if not lines:
        raise ListUnreadable(_("The list is empty."))
    (_number, heading), *rows = lines
    found = columns_of(heading)
    if "email" not in found:
        raise ListUnreadable(_("The first line names the columns: one of them is “e-mail”."))
    if len(rows) > MOST_LINES:
        words = _("A list has %(most)s lines at most: send it in parts.")
        raise ListUnreadable(words % {"most": MOST_LINES})
    unknown = [name for name in heading if name and column_of(name) is None]
    return Sheet([row_of(number, cells, found) for number, cells in rows], unknown)


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that says something, with its number. Raises csv.Error."""
    plain = text.lstrip("\ufeff")
    separator = separator_of(plain.partition("\n")[0])
    reader = csv.reader(io.StringIO(plain), delimiter=separator, strict=True)
    for cells in reader:
        told = [one_line(cell) for cell in cells]
        if any(told):
            yield reader.line_num, told


def separator_of(heading: str) -> str:
    """Return what parts the columns: by which the heading names most of ours."""
    return max(SEPARATORS, key=lambda one: len(columns_of(heading.split(one))))


def columns_of(heading: Sequence[str]) -> dict[str, int]:
    """Return where each of our columns stands; of two of one name, the first."""
    found: dict[str, int] = {}
    for index, name in enumerate(heading):
        if column := column_of(name):
            found.setdefault(column, index)
    return found


def column_of(name: str) -> str | None:
    """Return which of our columns a heading names, in any of our languages."""
    words = plain_words(name)
    return next((column for column, names in COLUMNS.items() if words in names), None)


def row_of(line: int, cells: Sequence[str], columns: dict[str, int]) -> Row:
    """Return a line; what it is too short for is empty."""
    told = {column: cells[index] if index < len(cells) else "" for column, index in columns.items()}
    return Row(line, **told)
