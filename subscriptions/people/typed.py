"""Addresses as people type or paste them: a line each, or between commas and semicolons."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from network.text import one_line

#: "Ada Weber <ada@example.org>", else what stands between commas, semicolons and spaces.
ENTRY = re.compile(r"(?P<name>[^<>;@\n]*)<(?P<named>[^<>\n]*)>|(?P<bare>[^\s,;<>]+)")
AROUND = " ,\t\"'"
LONGEST_NAME = 150


class Entry(NamedTuple):
    """An address as it was typed, on which line, and the name beside it if there was one."""

    line: int
    address: str
    name: str = ""


def typed_entries(text: str) -> Iterator[Entry]:
    """Yield the addresses of a text, right or wrong.

    >>> [tuple(one) for one in typed_entries("a@b.fr, Ada <c@d.fr>")]
    [(1, 'a@b.fr', ''), (1, 'c@d.fr', 'Ada')]
    """
    for number, line in enumerate(text.splitlines(), start=1):
        for found in ENTRY.finditer(line):
            yield entry_of(number, found)


def entry_of(line: int, found: re.Match[str]) -> Entry:
    """Return what was found at one place of a line."""
    if found["bare"] is not None:
        return Entry(line, found["bare"])
    name = one_line(found["name"]).strip(AROUND)[:LONGEST_NAME]
    return Entry(line, found["named"].strip(), name)
