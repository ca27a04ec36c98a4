"""One word per thing: what `locale/glossary.csv` wants said, and what messages say instead.

A row is a thing: its word in each language, the words that are not to stand for it (`not_…`), and
the phrases in which such a word means something else (`but_…`). Several in a cell are parted by |.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parents[2] / "locale" / "glossary.csv"
#: What of a message is not its words: code, markup, what is filled in.
NOT_WORDS = re.compile(r"<code>.*?</code>|<[^>]*>|`[^`]*`|%\(\w+\)[sd]|%[sd]|\{\w*\}", re.DOTALL)
SIGNS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-", "’": "'"})


@dataclass(frozen=True)
class Rule:
    """A word of one language, those that are not to be used for it, and where they may stand."""

    word: str
    forbidden: tuple[str, ...]
    allowed: tuple[str, ...]

    def breaches(self, text: str) -> list[str]:
        """Return the forbidden words that `text` uses, in its order."""
        plain = flat(text)
        for phrase in self.allowed:
            plain = plain.replace(flat(phrase), "…")
        words = "|".join(re.escape(flat(word)) for word in self.forbidden)
        # "Mail" is not a word of "E-Mail", but it is one of "Mail-Adresse".
        return re.findall(rf"(?<![\w-])(?:{words})(?!\w)", plain) if words else []


def flat(text: str) -> str:
    """Return the words of `text` in small letters, with plain spaces; gaps where values come."""
    return NOT_WORDS.sub("…", text).translate(SIGNS).casefold()


def parted(cell: str) -> tuple[str, ...]:
    """Return what a cell of the glossary holds, the longest first."""
    return tuple(sorted((part.strip() for part in cell.split("|") if part.strip()), key=len))[::-1]


@cache
def glossary(language: str, path: Path = GLOSSARY) -> tuple[Rule, ...]:
    """Return the rules of `language`, one per thing."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Rule(row[language], parted(row[f"not_{language}"]), parted(row[f"but_{language}"]))
            for row in csv.DictReader(file)
        )


def wrong_words(message: str, texts: Iterable[str], language: str) -> Iterator[str]:
    """Yield one line per forbidden word in what `language` says for `message`: what to say."""
    for text in texts:
        for rule in glossary(language):
            for found in rule.breaches(text):
                yield f"{language}: {message!r} says “{found}”: the word is “{rule.word}”"
