"""Refuse templates that cannot be read: one element a line, short lines, words chosen elsewhere.

- A line has at most 120 characters.
- It opens at most one element. Those of running text (`INLINE`) do not count, nor do closing tags.
- `{% if %}` and its `{% else %}` or `{% elif %}` do not share a line: what chooses words is a view
  or a template tag. Within an element's start tag, where an attribute is chosen, they may.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
LONGEST = 120
#: Elements of running text, which may stand in a line with others.
INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "img", "input", "kbd", "label"),
        *("mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "wbr"),
    }
)
TOKEN = re.compile(
    r"\{#.*?#\}|\{\{.*?\}\}|\{%\s*(?P<tag>\w+).*?%\}|<(?P<element>[a-z][\w-]*)|(?P<end>>)"
)


@dataclass
class Reader:
    """What is known of a template at the line being read."""

    is_in_start_tag: bool = False
    opened: list[str] = field(default_factory=list)
    #: For each `{% if %}` of the line that is still open: whether it chooses an attribute.
    branches: list[bool] = field(default_factory=list)
    chooses_words: bool = False

    def read(self, line: str) -> None:
        """Take up a line."""
        self.opened, self.branches, self.chooses_words = [], [], False
        for token in TOKEN.finditer(line):
            if token["tag"]:
                self.take_tag(token["tag"])
            elif token["element"]:
                self.opened.append(token["element"])
                self.is_in_start_tag = True
            elif token["end"]:
                self.is_in_start_tag = False

    def take_tag(self, name: str) -> None:
        """Take up a template tag."""
        if name == "if":
            self.branches.append(self.is_in_start_tag)
        elif name == "endif":
            del self.branches[-1:]
        elif name in {"else", "elif"} and self.branches:
            self.chooses_words |= not self.branches[-1]


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that cannot be read, and why."""
    reader = Reader()
    for number, line in enumerate(source.splitlines(), start=1):
        reader.read(line)
        counted = [name for name in reader.opened if name not in INLINE]
        if len(line) > LONGEST:
            yield number, f"{len(line)} characters, at most {LONGEST}"
        if len(counted) > 1:
            yield number, f"one element a line, not {', '.join(counted)}"
        if reader.chooses_words:
            yield number, "chooses words: let a view or a tag do it"


def complaints(folder: Path) -> list[str]:
    """Return what cannot be read in the templates of `folder`: "network/legal.html:4: …"."""
    found = []
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        name = path.relative_to(folder).as_posix()
        found += [f"{name}:{line}: {why}" for line, why in faults(path.read_text("utf-8"))]
    return found


if __name__ == "__main__":
    wrong = complaints(TEMPLATES)
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    sys.exit(bool(wrong))
