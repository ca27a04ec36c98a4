"""What a visitor's session holds: it alone sees, confirms or lets go of it.

A hold bears its session's name, so that two presses at once cannot lose one another's hold as they
would in a list that each session saves whole. The name is a keyed hash: of the session's key, or,
where two first presses come before there is a session, of the form's key, which only their page
knows: both then bear one name. It outlives signing in, which changes the session's key.

In the session stands as well what was typed for each hold, as the check page's form sends it: when
the hold ends, the page is shown again as it was.
"""

from datetime import datetime
from secrets import token_hex
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from bookings.models import Hold
from bookings.models.holds import HoldQuerySet

NAME, TYPED = "holding", "held_typed"
#: Pages that a session remembers; its live holds are bounded where they are taken.
MOST = 10


def name_of(request: HttpRequest) -> str:
    """Return the name of a session as its holds bear it, or nothing when it can have none.

    Who signed in without holding anything takes no holds: they book.
    """
    known: str = request.session.get(NAME, "")
    if known or request.user.is_authenticated:
        return known
    key = request.session.session_key
    return hashed("session", key) if key else ""


def named(request: HttpRequest, key: str) -> str:
    """Return the session's name, given now if it had none; `key`: of the form that was sent."""
    request.session[NAME] = name_of(request) or hashed("form", key if is_uuid(key) else token_hex())
    return str(request.session[NAME])


def hashed(kind: str, secret: str) -> str:
    """Return a keyed hash of what only one browser knows."""
    return salted_hmac(f"bookings.holds.{kind}", secret, algorithm="sha256").hexdigest()


def is_uuid(key: str) -> bool:
    """Tell whether a form's key is as our pages make them: not to guess."""
    try:
        return UUID(key).version == 4
    except ValueError:
        return False


def remember(request: HttpRequest, hold: Hold, typed: QueryDict) -> None:
    """Keep in the session what was typed for the hold, in the page of its space."""
    pages = request.session.get(TYPED, {})
    others = [(token, page) for token, page in pages.items() if token != hold.token]
    page = [hold.space_id, typed.urlencode()]
    request.session[TYPED] = dict([*others, (hold.token, page)][-MOST:])


def forget_typed(request: HttpRequest, token: str) -> None:
    """Keep no longer what was typed for a hold that was confirmed; its token still leads there."""
    pages = request.session.get(TYPED, {})
    if pages.pop(token, None):
        request.session[TYPED] = pages


def typed_for(request: HttpRequest, token: str) -> tuple[int, QueryDict] | None:
    """Return the space and what was typed for a hold of this session; None for others."""
    page = request.session.get(TYPED, {}).get(token)
    return (page[0], QueryDict(page[1])) if page else None


def find(request: HttpRequest, token: str) -> Hold | None:
    """Return this session's hold of that token, though it may have ended; None for others."""
    name = name_of(request)
    return with_places(Hold.objects.of_session(name).filter(token=token)).first() if name else None


def with_places(holds: HoldQuerySet) -> HoldQuerySet:
    """Have the rows know where and when they hold what."""
    placed = holds.select_related("space__site", "site__commune", "booking")
    return placed.prefetch_related("allocations__unit")


def live(request: HttpRequest, now: datetime) -> list[Hold]:
    """Return what the session holds at `now`, the first to end first; no query if it never did."""
    name = request.session.get(NAME)
    if not name:
        return []
    return list(with_places(Hold.objects.live(now).of_session(name)).order_by("until"))
