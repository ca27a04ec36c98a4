"""What of a page comes from the catalogue: a copy of it marks every message it gives."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.mofile import write_mo

from config.messages import catalogue_path, read_catalogue, texts

OPEN, CLOSE = "\u27e6", "\u27e7"
#: Their text is code, or nothing that is read.
UNREAD = frozenset({"script", "style", "code", "pre"})
EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "rect", "path", "use", "source"})
READ_ATTRIBUTES = frozenset({"alt", "aria-label", "placeholder", "title"})


def marked_catalogue(language: str, folder: Path) -> Path:
    """Write the catalogue of `language`, compiled, each of its messages between ⟦ and ⟧."""
    catalogue = read_catalogue(catalogue_path(language), language)
    for message in catalogue:
        if message.id:
            marked = tuple(f"{OPEN}{text}{CLOSE}" for text in texts(message.string))
            message.string = marked if isinstance(message.id, tuple | list) else marked[0]
    path = catalogue_path(language, folder).with_suffix(".mo")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return folder


def unmarked(text: str) -> Iterator[str]:
    """Yield the stretches of `text` that no mark encloses."""
    depth = start = 0
    for place, sign in enumerate(text):
        if sign == OPEN:
            if not depth:
                yield text[start:place]
            depth += 1
        elif sign == CLOSE:
            depth -= 1
            start = place + 1
    yield text[start:]


class Reader(HTMLParser):
    """Collects what a page says to eye and ear in its own language, as one text."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.passed_over: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said.append("\n")
        self.said += [f"\n{text}\n" for name, text in attrs if name in READ_ATTRIBUTES and text]
        foreign = given.get("lang", self.language) != self.language
        if tag not in EMPTY and (self.passed_over or foreign or tag in UNREAD):
            self.passed_over.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.said.append("\n")
        if self.passed_over and tag not in EMPTY:
            self.passed_over.pop()

    def handle_data(self, data: str) -> None:
        if not self.passed_over:
            self.said.append(data)


def strangers(page: str, language: str) -> list[str]:
    """Return what the page says that is no message of its catalogue, a line each."""
    reader = Reader(language)
    reader.feed(page)
    said = "\n".join(unmarked("".join(reader.said)))
    return sorted({" ".join(line.split()) for line in said.splitlines() if line.strip()})
