"""Cost centres as people write them: many at once, a code and a name on each line. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from network.models.fields import CodeField
from network.text import public_words

LONGEST_CODE, LONGEST_NAME, MOST_LINES = 20, 100, 1000
CODE = re.compile(CodeField.PATTERN)
SEPARATOR = re.compile(r"[;\t]")


class Named(NamedTuple):
    """A cost centre as it is written: its code, and its name or nothing."""

    code: str
    name: str


class Line(NamedTuple):
    """A line with its number from one on; what is wrong with it, or nothing."""

    number: int
    named: Named
    wrong: str


def read_lines(text: str, known: frozenset[str]) -> list[Line]:
    """Return the lines of a text that are not empty, judged beside the codes that are known."""
    found, codes = list[Line](), set(known)
    for number, words in enumerate(text.splitlines(), 1):
        if words.strip():
            named = read_line(words)
            found.append(Line(number, named, wrong_with(named, codes)))
            codes.add(named.code)
    return found


def read_line(words: str) -> Named:
    """Return what a line says: "cc-12; Sales"."""
    code, name = [*SEPARATOR.split(words, maxsplit=1), ""][:2]
    return Named(code.strip(), public_words(name))


def wrong_with(named: Named, codes: set[str]) -> str:
    """Return what is wrong with a cost centre beside the codes that there are, or nothing."""
    if not CODE.fullmatch(named.code):
        return _("Write letters without accents, digits, - and _.")
    if len(named.code) > LONGEST_CODE:
        return _("A code has 20 signs at most.")
    if len(named.name) > LONGEST_NAME:
        return _("A name has 100 signs at most.")
    return _("There is a cost centre of this code.") if named.code in codes else ""


def wrong_lines(lines: list[Line]) -> Iterator[str]:
    """Yield what is wrong, with the number of its line."""
    if len(lines) > MOST_LINES:
        yield _("Write 1,000 lines at most.")
    for line in lines:
        if line.wrong:
            told = {"number": line.number, "code": line.named.code, "words": line.wrong}
            yield _("Line %(number)s, %(code)s: %(words)s") % told
