"""What people typed, made fit for calendars and for the headers of mail: in this one place."""

import re
import unicodedata
from urllib.parse import quote

from django.utils.encoding import punycode

#: Marks that turn the direction of writing: they can make a line read as what it is not.
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Controls, lone halves of a character, and what is no character at all.
UNFIT = frozenset(("Cc", "Cs"))
NONCHARACTERS = frozenset("\ufeff\ufffe\uffff")
#: Spaces, marks that sit on a letter, what steers how text is set: nothing to read by themselves.
NOTHING_TO_READ = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Mc", "Me"))
#: Letters and signs that are drawn as nothing.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
#: What the local part of an address may hold as it is in `mailto:` (RFC 6068 §2).
PLAIN_IN_MAILTO = "!$'*+"


def many_lines(text: str) -> str:
    """Return `text` with LF as its only line break and without anything that does not show.

    Other signs that end a line for some program (U+000B, U+0085, U+2028…) become line breaks.
    """
    return "".join(sign for sign in "\n".join(text.splitlines()) if is_shown(sign))


def one_line(text: str) -> str:
    """Return `text` as `many_lines` does, its lines joined by spaces."""
    return re.sub(r"[\n\t]+", " ", many_lines(text)).strip(" ")


def is_shown(sign: str) -> bool:
    """Tell whether one character may stay; line break and tabulator may."""
    if sign in "\n\t":
        return True
    return (
        unicodedata.category(sign) not in UNFIT
        and sign not in DIRECTIONS
        and sign not in NONCHARACTERS
    )


def public_words(text: str) -> str:
    """Return `text` as others may read it, as `many_lines` does; empty where nothing can be read.

    >>> public_words("Villé\u202e"), public_words("\u200b \u2060")
    ('Villé', '')
    """
    return many_lines(text).strip() if any(map(is_read, text)) else ""


def is_read(sign: str) -> bool:
    """Tell whether there is something to read in one character."""
    return unicodedata.category(sign) not in NOTHING_TO_READ and sign not in BLANK


def mailto(address: str) -> str:
    """Return the `mailto:` address (RFC 6068) of an e-mail address: ASCII, percent-encoded."""
    local, at, domain = one_line(address).rpartition("@")
    return f"mailto:{quote(local, safe=PLAIN_IN_MAILTO)}{at}{ascii_domain(domain)}"


def ascii_domain(domain: str) -> str:
    """Return `domain` in punycode, or percent-encoded when it has no such form."""
    try:
        return quote(punycode(domain), safe=":")
    except UnicodeError:
        return quote(domain, safe=":")
