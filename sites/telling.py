"""Words that a community wrote, in the language of who reads or else in the one it has."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

#: Language, then the name of the text: {"de": {"description": "…"}}.
OtherWords = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Told:
    """A text and the language that it is really in."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


#: Nothing was said.
UNTOLD = Told("", "")


def source_language() -> str:
    """Return the language that all such words are first written in."""
    return settings.LANGUAGE_CODE


def other_languages() -> list[str]:
    """Return the languages in which they may be told besides."""
    return [code for code, _name in settings.LANGUAGES if code != source_language()]


def reading_language() -> str:
    """Return the language, without its country, of who reads now."""
    return (get_language() or source_language()).partition("-")[0]


def told(text: str, others: OtherWords, name: str) -> Told:
    """Return the text `name` in the language of who reads, or `text`, which is the source's."""
    language = reading_language()
    in_theirs = others.get(language, {}).get(name, "")
    return Told(in_theirs, language) if in_theirs else Told(text, source_language())
