"""Pure rules about names and other texts, and about who may tend to whose account."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

#: No day that people write is outside; far from where a time zone overflows a calendar.
FIRST_YEAR, LAST_YEAR = 2000, 2199
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
SAINT = re.compile(r"\b(st|ste)\b")
SAINTS = {"st": "saint", "ste": "sainte"}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`´"))


#: Control characters but tab and ends of line, and what stands for bytes that were no UTF-8: no
#: keyboard writes them, and databases, mails or calendars break on them. For a character class.
ODD_CHARACTERS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd"
#: With halves of surrogate pairs, which only a program's text can hold.
ODD = re.compile(rf"[{ODD_CHARACTERS}\ud800-\udfff]")


def is_in_calendar(day: date) -> bool:
    """Tell whether a day, or the day of an instant, is one that the network reckons with."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def holds_odd_characters(text: str) -> bool:
    """Tell whether `text` holds a character that nobody writes and that cannot be kept."""
    return ODD.search(text) is not None


def plain_words(text: str) -> str:
    """Return the words of `text` without accents, capitals, hyphens and apostrophes.

    >>> plain_words("L’Hôpital"), plain_words("Ste-Marie")
    ('l hopital', 'ste marie')
    """
    # Some letters decompose into capitals ("℡"), some fold into accents: hence twice.
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(LIGATURES)
    folded = unicodedata.normalize("NFKD", decomposed)
    letters = "".join(
        char if char.isalnum() else " " for char in folded if not unicodedata.combining(char)
    )
    return " ".join(letters.split())


# Searches put sites in the order of their names, the same ones each time.
@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """Return `text` as people type it: its plain words, `St` told as `Saint`.

    >>> search_key("Sainte-Marie-aux-Mines"), search_key("STE MARIE AUX MINES")
    ('sainte marie aux mines', 'sainte marie aux mines')
    """
    return SAINT.sub(lambda found: SAINTS[found[0]], plain_words(text))


def two_letters(text: str) -> str:
    """Return `text` with its umlauts in two letters, as keyboards without them write.

    >>> two_letters("Mülhausen")
    'Muelhausen'
    """
    return unicodedata.normalize("NFC", text).translate(UMLAUTS)


def spellings(name: str) -> set[str]:
    """Return the keys of all that `name` is typed as: also without apostrophe, umlauts told in two.

    >>> sorted(spellings("L’Hôpital"))
    ['l hopital', 'lhopital']
    """
    return {search_key(told) for told in (name, two_letters(name), name.translate(APOSTROPHES))}


@dataclass(frozen=True)
class Powers:
    """What somebody may do: everything, or what permissions name."""

    everything: bool
    named: frozenset[str] = frozenset()

    def cover(self, others: "Powers") -> bool:
        """Tell whether these powers include all of `others`."""
        return self.everything or (not others.everything and others.named <= self.named)
