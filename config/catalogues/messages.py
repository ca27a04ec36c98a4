"""Catalogues, by Babel alone: `python -m config.catalogues.messages update|compile|check`."""

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.catalogues.glossary import wrong_words
from config.catalogues.typography import loose_signs

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
#: What is translated. English is the source: its catalogue says in our words what is not ours.
LANGUAGES = ("fr", "de")
SOURCE = "en"
FRAMEWORK = Path(__file__).with_name("framework.py")
PACKAGES = ("config", "demo", "api", "bookings", "subscriptions", "billing", "sites", "network")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: Header lines that would change with the day or the machine, or that nobody fills in.
NOISE = (
    *('"POT-Creation-Date', '"PO-Revision-Date', '"Project-Id-Version', '"Report-Msgid-Bugs-To'),
    *('"Last-Translator', '"Language-Team', '"Generated-By', "# Copyright", "# FIRST AUTHOR"),
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}(?!\})")


def extract_template(
    source: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Any]:
    """Find the messages of a Django template, by Django's own reading of it."""
    code = templatize(source.read().decode())
    # What is not a message is blanked out with letters; their indentation is no Python block's.
    flat = "\n".join(line.lstrip() for line in code.splitlines())
    return extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


METHODS = [
    ("**/migrations/**.py", "ignore"),
    ("**.py", "python"),
    ("**.html", "config.catalogues.messages:extract_template"),
    ("**.txt", "config.catalogues.messages:extract_template"),
]


def sources(root: Path = ROOT) -> Catalog:
    """Return an untranslated catalogue of every message that code and templates contain."""
    found = Catalog(project="Maillage", charset="utf-8", fuzzy=False)
    for folder in (*PACKAGES, "templates"):
        rows = extract_from_dir(root / folder, METHODS, keywords=KEYWORDS)
        for _path, _line, message, _comments, context in rows:
            found.add(message, context=context)
    return found


def framework_sources() -> Catalog:
    """Return an untranslated catalogue of the frameworks' sentences that people read here."""
    found = Catalog(project="Maillage", charset="utf-8", fuzzy=False)
    rows = extract_from_file("python", FRAMEWORK, KEYWORDS)
    for _line, message, _comments, context in rows:
        found.add(message, context=context)
    return found


def wanted(root: Path = ROOT) -> dict[str, Catalog]:
    """Return what each catalogue has to say, by language."""
    found = sources(root)
    return {**dict.fromkeys(LANGUAGES, found), SOURCE: framework_sources()}


def catalogue_path(language: str, locale: Path = LOCALE) -> Path:
    """Return where the catalogue of `language` lies."""
    return locale / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """Return the catalogue at `path`, an empty one if there is none."""
    if not path.exists():
        return Catalog(locale=language, project="Maillage", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write `catalogue` so that only changed messages change lines: sorted, no place, no date."""
    text = io.BytesIO()
    write_po(text, catalogue, sort_output=True, no_location=True, ignore_obsolete=True)
    lines = text.getvalue().decode().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line for line in lines if not line.startswith(NOISE)), "utf-8")


def update_catalogues() -> None:
    """Bring every catalogue to what the sources contain; what they lost goes."""
    for language, found in wanted().items():
        path = catalogue_path(language)
        catalogue = read_catalogue(path, language)
        # A guess from a similar message is never taken: it would read as translated.
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.fuzzy = False
        write_catalogue(path, catalogue)


def compile_catalogues(locale: Path = LOCALE) -> None:
    """Write the `.mo` of every catalogue newer than its own, whole or not at all."""
    for source in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = read_catalogue(source, source.parent.parent.name)
        with tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as draft:
            write_mo(draft, catalogue)
        Path(draft.name).chmod(0o644)  # a temporary file is its owner's alone
        os.replace(draft.name, target)


def texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return a message's singular and plural as one list."""
    return [value] if isinstance(value, str) else list(value or [])


def complaint(message: Message, translated: Message | None) -> str | None:
    """Return what is wrong with a message's translation, `None` if nothing is."""
    strings = texts(translated.string) if translated else []
    if not strings or not all(strings):
        return "is not translated"
    if translated is not None and translated.fuzzy:
        return "is marked fuzzy"
    # "1 place" may be "one place" only where the source says so too: French counts 0 as one.
    wanted = [placeholders(text) for text in texts(message.id)]
    if any(
        placeholders(string) not in (wanted[min(position, len(wanted) - 1)], wanted[-1])
        for position, string in enumerate(strings)
    ):
        return f"has not the placeholders {', '.join(sorted(wanted[-1])) or 'none'}"
    return None


def placeholders(text: str) -> set[str]:
    """Return what is filled in when `text` is shown: `%(name)s`, `%s`, `{name}`."""
    return set(PLACEHOLDER.findall(text))


def complaints(found: Catalog, catalogue: Catalog) -> list[str]:
    """Return one line per message of `found` that `catalogue` does not translate well."""
    lines = []
    for message in found:
        if not message.id:
            continue  # the header
        wrong = complaint(message, catalogue.get(texts(message.id)[0], message.context))
        if wrong:
            lines.append(f"{catalogue.locale}: {texts(message.id)[0]!r} {wrong}")
    return lines


def wording(found: Catalog, catalogue: Catalog, language: str) -> list[str]:
    """Return one line per word or sign in what is said for `found` that has another to be."""
    lines: list[str] = []
    for message in found:
        if message.id:
            first = texts(message.id)[0]
            translated = catalogue.get(first, message.context)
            said = texts(translated.string if translated else message.id)
            lines += wrong_words(first, said, language)
            lines += loose_signs(first, said, language)
    return lines


def check_catalogues(root: Path = ROOT, locale: Path = LOCALE) -> None:
    """Stop with the list of what is missing or ill said in any catalogue, if anything is."""
    found = sources(root)
    lines: list[str] = []
    for language, messages in wanted(root).items():
        catalogue = read_catalogue(catalogue_path(language, locale), language)
        lines += complaints(messages, catalogue) + wording(found, catalogue, language)
    if lines:
        sys.exit("\n".join(lines))


COMMANDS: dict[str, Callable[[], None]] = {
    "update": update_catalogues,
    "compile": compile_catalogues,
    "check": check_catalogues,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]]()
