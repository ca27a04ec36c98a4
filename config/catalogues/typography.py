"""Signs as a language writes them: French spaces and apostrophes, the hyphens of "E‑Mail"."""

import re
from collections.abc import Iterable, Iterator

from config.catalogues.glossary import NOT_WORDS

#: A sign with a plain space, or with none, where a no-break one belongs; between letters or digits
#: ("HH:MM", "https:") a colon is no punctuation.
LOOSE = re.compile(
    r"(?<![\u00a0\u202f?!])[;!?»]|«(?![\u00a0\u202f])|(?<![\u00a0\u202f\w]):|\w:(?!\S)"
)
TYPED = re.compile(r"\.\.\.|\w'\w|\b1er\b|\b\d+ h\b")
#: A line may end after a plain hyphen: "E-" is no end of a line.
BREAKING = re.compile(r"\bE-Mail|\bE.Mail-")
#: A line may end before a per cent sign that a plain space leads to.
PARTED = re.compile(r"[\d…] %")
WRONG: dict[str, tuple[re.Pattern[str], ...]] = {
    "fr": (LOOSE, TYPED, PARTED),
    "de": (BREAKING, PARTED),
}


def loose_signs(message: str, texts: Iterable[str], language: str = "fr") -> Iterator[str]:
    """Yield one line per sign that `language` writes otherwise in what it says for `message`."""
    for text in texts:
        words = NOT_WORDS.sub("…", text)
        for found in (one for wrong in WRONG.get(language, ()) for one in wrong.finditer(words)):
            around = words[max(0, found.start() - 12) : found.end() + 4]
            yield (
                f"{language}: {message!r} writes “{around}”: "
                "see “Words on screen” in CONTRIBUTING.md"
            )
