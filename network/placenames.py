"""Pure rules that read a place as people write it: a name, a postcode, an address's last line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from network.rules import plain_words, search_key, two_letters

#: What may be said after a name, with the départements it leaves; none means any.
Said = Mapping[str, frozenset[str]]
ALSACE = frozenset({"67", "68"})
#: Said wherever the network is; the régions and départements that are loaded come beside.
ALWAYS: Said = {
    "france": frozenset(),
    "frankreich": frozenset(),
    "alsace": ALSACE,
    "elsass": ALSACE,
}
#: "CEDEX" names a sorting office of La Poste, its number is no part of a postcode.
CEDEX = re.compile(r"\bcedex\b( \d{1,2}\b)?", re.ASCII)
COUNTRY_BEFORE_CODE = re.compile(r"\b(f|fr) (?=\d{5}\b)", re.ASCII)
SPLIT_CODE = re.compile(r"\b(\d\d) (\d{3})\b", re.ASCII)
ASIDE = re.compile(r"\(([^()\d]*)\)")
#: A place has one postcode, perhaps a département beside it; more numbers are no question.
MOST_NUMBERS = 3
POSTCODE = re.compile(r"\d{4,5}", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """One way to understand a name: its keys, and the départements it must lie in (none: any).

    Only `very_keys` tell the very name: with its umlaut, "Mülhausen" is not Mulhausen.
    """

    keys: frozenset[str]
    very_keys: frozenset[str]
    departements: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """What somebody asks for: postcodes or starts of them, all of which count, and a name."""

    codes: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    #: The name was written with "ß" and nowhere with "ss".
    has_sharp_s: bool = False

    @property
    def has_name(self) -> bool:
        """Tell whether there is more than a postcode."""
        return bool(self.readings)

    @property
    def is_postcode(self) -> bool:
        """Tell whether it is one whole postcode and nothing else."""
        return not self.has_name and all(POSTCODE.fullmatch(code) for code in self.codes)


def names_said(departements: Iterable[tuple[str, str, str]]) -> dict[str, frozenset[str]]:
    """Return what may be said after a name, of départements' codes, names and régions.

    >>> sorted(names_said([("67", "Bas-Rhin", "Grand Est")]).keys() - ALWAYS.keys())
    ['bas rhin', 'grand est']
    """
    found: dict[str, frozenset[str]] = {}
    for code, *names in departements:
        for name in map(plain_words, names):
            found[name] = found.get(name, frozenset()) | {code}
    return found | dict(ALWAYS)


def read_question(text: str, said: Said = ALWAYS) -> Question | None:
    """Return what `text` asks for, None when it says nothing.

    >>> read_question("67070 STRASBOURG CEDEX 9").codes
    ('67',)
    """
    asked = without_asides(text, said)
    name, codes = name_and_codes(asked)
    if not (name or codes) or len(codes) > MOST_NUMBERS:
        return None
    very_name, _codes = name_and_codes(two_letters(asked))
    letters = asked.lower()
    return Question(
        codes,
        tuple(readings(name, very_name, said)) if name else (),
        has_sharp_s="ß" in letters and "ss" not in letters,
    )


def readings(name: str, very_name: str, said: Said) -> Iterator[Reading]:
    """Yield the name as it is and, if a territory follows, without it.

    `very_name` has its umlauts in two letters.
    """
    yield Reading(keys_of(name, very_name), keys_of(very_name))
    rest, departements = without_territories(name, said)
    if rest != name:
        very_rest, _departements = without_territories(very_name, said)
        yield Reading(keys_of(rest, very_rest), keys_of(very_rest), departements)


def keys_of(*names: str) -> frozenset[str]:
    """Return how plain names may be kept; "st" is a saint or the start of "Strasbourg"."""
    return frozenset(key for name in names for key in (name, search_key(name)))


def without_asides(text: str, said: Said) -> str:
    """Return `text` without words in brackets, unless they are a territory.

    Suggestions say "Kaysersberg Vignoble (Kientzheim) (68240)".
    """
    return ASIDE.sub(lambda aside: aside[0] if plain_words(aside[1]) in said else " ", text)


def name_and_codes(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the plain words of a name and the numbers beside it.

    The postcode of a CEDEX often is nobody else's: beside a name only its département counts.
    """
    words, is_cedex = CEDEX.subn(" ", COUNTRY_BEFORE_CODE.sub("", plain_words(text)))
    codes = tuple(re.findall(r"\b\d+\b", SPLIT_CODE.sub(r"\1\2", words), re.ASCII))
    name = " ".join(word for word in words.split() if not word.isdecimal())
    return name, tuple(code[:2] for code in codes) if name and is_cedex else codes


def without_territories(name: str, said: Said) -> tuple[str, frozenset[str]]:
    """Return `name` without the territories after it, and the départements they leave.

    >>> without_territories("colmar haut rhin france", ALWAYS | {"haut rhin": {"68"}})
    ('colmar', {'68'})
    """
    departements: frozenset[str] = frozenset()
    while found := [one for one in said if name.endswith(f" {one}")]:
        territory = max(found, key=len)
        name = name.removesuffix(territory).rstrip()
        departements = departements or said[territory]
    return name, departements
