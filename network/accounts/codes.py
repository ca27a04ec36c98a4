"""The code that was mailed to an address: one for all sessions that ask for it meanwhile.

Somebody may ask for codes for an address that is not theirs until no further mail is sent to it.
The owner can then use the last one that came, so nobody is kept from coming in; and of mails that
cross, all say the same.

Guessing: each session that is given a code has five tries. Of those given within a day for one
address, the first twenty may have six digits (`ACCOUNT_RATE_LIMITS`): 100 chances in a million.
The further ones have ten.
"""

import hashlib
import string
import time
from typing import TypedDict, cast

from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import get_random_string

#: Seconds that a code works in a session that was given it.
LIFE_S = 15 * 60
#: Seconds that a mailed code is given to sessions: with another mail, and without one.
YOUNG_S, GIVEN_S = 10 * 60, 60 * 60
SHORT, LONG = 6, 10


class MailedCode(TypedDict):
    """A code, when it was made (seconds since 1970), and a name that tells it from all others."""

    code: str
    at: float
    name: str


def code_for(
    request: HttpRequest, email: str, *, may_mail: bool, worn: str = ""
) -> tuple[MailedCode, bool]:
    """Return a code for a session that asks for one, and whether it is to be mailed.

    `worn` names the code that the session had before. When no mail may be sent, the last code is
    given; one is mailed all the same if none is left, so at most one in GIVEN_S.
    """
    digits = digits_of_next(request, email)
    key = key_of(email, digits)
    if not may_mail:
        return last_or_new(key, digits)
    last = young(key)
    if last and last["name"] != worn:
        return last, True
    fresh = made(digits)
    cache.set(key, fresh, GIVEN_S)
    return fresh, True


def digits_of_next(request: HttpRequest, email: str) -> int:
    """Count a session that is given a code; return how many digits this one must have."""
    return SHORT if ratelimit.consume(request, action="code_short", key=email) else LONG


def last_or_new(key: str, digits: int) -> tuple[MailedCode, bool]:
    """Return the code that was given last, else one to be mailed; of two at once, one mails."""
    fresh = made(digits)
    last = None if cache.add(key, fresh, GIVEN_S) else cache.get(key)
    return (last, False) if last else (fresh, True)


def young(key: str) -> MailedCode | None:
    """Return the last code of an address while it may be mailed again."""
    last = cast(MailedCode | None, cache.get(key))
    return last if last and time.time() - last["at"] <= YOUNG_S else None


def made(digits: int) -> MailedCode:
    """Return a new code."""
    code = get_random_string(digits, allowed_chars=string.digits)
    return {"code": code, "at": time.time(), "name": get_random_string(22)}


def use_up(email: str, *, code: str, name: str, session: str) -> bool:
    """Tell whether a right code is the session's to use: the first that types it has it.

    The same session may do so again, for who presses twice.
    """
    cache.delete(key_of(email, len(code)))
    user = cache.get_or_set(f"code-used:{name}", session, GIVEN_S + LIFE_S)
    return bool(user == session)


def key_of(email: str, digits: int) -> str:
    """Return where the cache keeps the code of a canonical address; the address is not told."""
    return f"code:{hashlib.sha256(email.encode()).hexdigest()}:{digits}"
