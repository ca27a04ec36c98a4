"""Signs as French writes them: what stands before ; : ! ? and within « », and which apostrophe."""

import re
from collections.abc import Iterable, Iterator

from config.catalogues.glossary import NOT_WORDS

#: A sign with a plain space, or with none, where a no-break one belongs; between letters or digits
#: ("HH:MM", "https:") a colon is no punctuation.
LOOSE = re.compile(
    r"(?<![\u00a0\u202f?!])[;!?»]|«(?![\u00a0\u202f])|(?<![\u00a0\u202f\w]):|\w:(?!\S)"
)
TYPED = re.compile(r"\.\.\.|\w'\w|\b1er\b|\b\d+ h\b")


def loose_signs(message: str, texts: Iterable[str]) -> Iterator[str]:
    """Yield one line per sign that French writes otherwise in what it says for `message`."""
    for text in texts:
        words = NOT_WORDS.sub("…", text)
        for found in (*LOOSE.finditer(words), *TYPED.finditer(words)):
            around = words[max(0, found.start() - 12) : found.end() + 4]
            yield f"fr: {message!r} writes “{around}”: see “Words on screen” in CONTRIBUTING.md"
