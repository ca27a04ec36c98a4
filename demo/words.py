"""What a community wrote, in each language in which it wrote it."""

from dataclasses import dataclass


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
