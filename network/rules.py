"""Pure rules about names."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
SAINT = re.compile(r"\b(st|ste)\b")


def search_key(text: str) -> str:
    """Return `text` as people type it: no accent, capital, hyphen or apostrophe, `St` as `Saint`.

    >>> search_key("Sainte-Marie-aux-Mines"), search_key("STE MARIE AUX MINES")
    ('sainte marie aux mines', 'sainte marie aux mines')
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    letters = "".join(
        char if char.isalnum() else " " for char in folded if not unicodedata.combining(char)
    )
    words = " ".join(letters.split())
    return SAINT.sub(lambda found: "sainte" if found[0] == "ste" else "saint", words)
