"""Secrets at rest: seeds of second factors and recovery codes, encrypted in the database.

Fernet (AES-128-CBC and HMAC-SHA256) with a key derived from SECRET_KEY by HKDF-SHA256 (RFC 5869);
keys of SECRET_KEY_FALLBACKS still open what they sealed.
"""

import base64
import secrets
from collections.abc import Callable
from typing import Any

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = structlog.get_logger(__name__)

PURPOSE = b"maillage.second-factors"
#: What of an authenticator's data is secret; the rest is a passkey's public key or a count.
SECRET_PARTS = ("secret", "seed")
SECRET_LISTS = ("migrated_codes",)


def box() -> MultiFernet:
    """Return what seals with the present key and opens with former ones too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(derived(key)) for key in keys])


def derived(secret: str) -> bytes:
    """Return the key that `secret` gives for this purpose alone."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))


def seal(text: str) -> str:
    """Return `text` encrypted."""
    return box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises InvalidToken when no key of ours opens it."""
    return box().decrypt(sealed.encode()).decode()


def unseal_or_chance(sealed: str) -> str:
    """Return what was sealed; what cannot be opened becomes a secret that fits nothing.

    A sign-in then fails as with a wrong code, and the log says why.
    """
    try:
        return unseal(sealed)
    except InvalidToken:
        logger.error("second factor sealed with an unknown key: see SECRET_KEY_FALLBACKS")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def reseal(sealed: str) -> str:
    """Return the same secret under the present key. Raises InvalidToken."""
    return box().rotate(sealed.encode()).decode()


def over_secrets(data: dict[str, Any], turn: Callable[[str], str]) -> dict[str, Any]:
    """Return an authenticator's data with each of its secrets turned by `turn`."""
    turned = {part: turn(data[part]) for part in SECRET_PARTS if part in data}
    lists = {part: [turn(one) for one in data[part]] for part in SECRET_LISTS if part in data}
    return data | turned | lists
