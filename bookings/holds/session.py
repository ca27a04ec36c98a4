"""What a visitor's session holds: it alone sees, confirms or lets go of it.

Beside each hold stands what was typed for it, as the check page's form sends it: when the hold
ends, the page is shown again as it was.
"""

from datetime import datetime

from django.http import HttpRequest, QueryDict

from bookings.models import Hold
from bookings.models.holds import HoldQuerySet

TOKENS, TYPED = "holds", "held_typed"
#: Holds that a session remembers, ended ones too; the live ones are bounded where they are taken.
MOST = 10


def tokens_of(request: HttpRequest) -> list[str]:
    """Return the tokens of all that the session holds or held, the oldest first."""
    return list(request.session.get(TOKENS, ()))


def remember(request: HttpRequest, hold: Hold, typed: QueryDict) -> None:
    """Keep the hold in the session, with what was typed in the page of its space."""
    tokens = [*(one for one in tokens_of(request) if one != hold.token), hold.token][-MOST:]
    pages = request.session.get(TYPED, {})
    pages[hold.token] = [hold.space_id, typed.urlencode()]
    request.session[TOKENS] = tokens
    request.session[TYPED] = {one: pages[one] for one in tokens if one in pages}


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
    if token not in tokens_of(request):
        return None
    return with_places(Hold.objects.filter(token=token)).first()


def with_places(holds: HoldQuerySet) -> HoldQuerySet:
    """Have the rows know where and when they hold what."""
    placed = holds.select_related("space", "site__commune", "booking")
    return placed.prefetch_related("allocations__unit")


def live(request: HttpRequest, now: datetime) -> list[Hold]:
    """Return what the session holds at `now`, the first to end first; one query, or none."""
    tokens = tokens_of(request)
    if not tokens:
        return []
    return list(with_places(Hold.objects.live(now).among(tokens)).order_by("until"))
