"""What a community wrote, in each language in which it wrote it."""

from dataclasses import dataclass

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
