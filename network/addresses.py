"""The one form of an e-mail address under which an account is stored, found and counted."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.errors import Refusal

#: What the column holds, and the longest local part and domain name (RFC 5321, 1035).
LONGEST, LONGEST_LOCAL, LONGEST_DOMAIN = 254, 64, 253
#: Accented letters that .fr and .de admit (AFNIC and DENIC); others look like letters of these.
ACCENTED = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœß")
LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
PUNYCODE = "xn--"


class AddressRefused(Refusal):
    """A text that is no e-mail address, or could be taken for another one."""

    code = "address_refused"


def canonical(text: str) -> str:
    """Return the one form of the address that `text` spells: ASCII, lower case, punycode domain.

    Two spellings of one address give one form; the form of a form is itself. Raises AddressRefused.

    >>> canonical(" Ada@Mairie-Sélestat.FR ")
    'ada@xn--mairie-slestat-ikb.fr'
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or len(local) > LONGEST_LOCAL:
        raise not_an_address()
    if not local.isascii():
        raise AddressRefused(
            _("Before the @, use letters without accents, digits and signs: check the address.")
        )
    form = f"{local.lower()}@{canonical_domain(domain)}"
    if not LOCAL.fullmatch(local.lower()) or len(form) > LONGEST:
        raise not_an_address()
    return form


def validated(text: str) -> str:
    """Return the canonical form of `text`, for forms and fields. Raises ValidationError."""
    try:
        return canonical(text)
    except AddressRefused as refusal:
        raise ValidationError(str(refusal.message), code=refusal.code) from refusal


def canonical_domain(domain: str) -> str:
    """Return the name that mail servers know `domain` by. Raises AddressRefused."""
    labels = [canonical_label(label) for label in domain.split(".")]
    form = ".".join(labels)
    is_named = form == "localhost" or (len(labels) > 1 and not labels[-1].isdigit())
    if not is_named or len(form) > LONGEST_DOMAIN:
        raise not_an_address()
    return form


def canonical_label(label: str) -> str:
    """Return one word of a domain name in ASCII. Raises AddressRefused for a foreign letter."""
    letters = composed(label)
    if letters.startswith(PUNYCODE):
        letters = from_punycode(letters)
    if not all(char.isascii() or char in ACCENTED for char in letters):
        raise AddressRefused(
            _("After the @ is a letter that can be taken for another one: check the address.")
        )
    form = letters if letters.isascii() else PUNYCODE + letters.encode("punycode").decode()
    if not LABEL.fullmatch(form):
        raise not_an_address()
    return form


def composed(label: str) -> str:
    """Return `label` in lower case, each accent one with its letter.

    Only accents are composed: normalising would make plain letters of some that look like them.
    """
    if any(is_lookalike(char) for char in label):
        return label
    return unicodedata.normalize("NFC", label).lower()


def is_lookalike(char: str) -> bool:
    """Tell whether `char` is neither ASCII nor an admitted letter nor an accent of its own."""
    is_plain = char.isascii() or char.lower() in ACCENTED
    return not is_plain and not unicodedata.combining(char)


def from_punycode(label: str) -> str:
    """Return the letters that a label of the form `xn--…` stands for. Raises AddressRefused."""
    try:
        letters = label.removeprefix(PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        raise not_an_address() from None
    if letters.isascii() or PUNYCODE + letters.encode("punycode").decode() != label:
        raise not_an_address()
    return letters


def not_an_address() -> AddressRefused:
    """Return the refusal of what is not an address at all."""
    return AddressRefused(_("This is not an e-mail address: check its spelling."))
