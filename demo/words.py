"""What a community wrote, in each language in which it wrote it."""

from dataclasses import dataclass
from typing import Any

from sites.telling import other_languages


@dataclass(frozen=True)
class Words:
    """French, German and English; an empty one falls back on French.

    A proper name is French alone: it stays as it stands on the door.
    """

    fr: str
    de: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.fr)


UNSAID = Words("")


def in_other_languages(**texts: Words) -> dict[str, dict[str, str]]:
    """Return what rows keep of words beside their French: by language, then by column."""
    told = {
        code: {name: text for name, words in texts.items() if (text := getattr(words, code))}
        for code in other_languages()
    }
    return {code: words for code, words in told.items() if words}


def columns_of(**texts: Words) -> dict[str, Any]:
    """Return the columns in which a row keeps words: French by column, then the others."""
    in_french = {name: words.fr for name, words in texts.items()}
    return in_french | {"other_words": in_other_languages(**texts)}
