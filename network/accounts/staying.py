"""Whether a browser stays signed in once it was closed: one rule for every door.

Telecentres have shared computers, so a session ends with its browser unless a box was ticked. The
box stands where somebody begins to come in; a second factor or a code by mail may follow, so what
was ticked waits in the session and holds from the moment they are in. The cookie does not tell
before: for an address that has an account already it would be another than for a new one.

Not every browser is closed, and the server does not see it: unless the box was ticked, a session
also ends once it was not used for SESSION_IDLE_HOURS.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SESSION_KEY = "is_to_stay"
#: When somebody who is to be forgotten with the browser was last seen: seconds since 1970.
SEEN_KEY = "seen_at"
#: A session in use is written anew so often, not with every page.
RENEWED_AFTER = timedelta(hours=1)


class StayForm(forms.Form):
    """The box; mixed into the form of every door."""

    remember = forms.BooleanField(
        label=_("Stay signed in on this device"),
        required=False,
        help_text=_(
            "Leave it unticked on a shared computer: you are then signed out with the browser."
        ),
    )


def note_wish(request: HttpRequest) -> None:
    """Keep what the form of the door says, until its visitor is in."""
    form = StayForm(request.POST)
    request.session[SESSION_KEY] = form.is_valid() and form.cleaned_data["remember"]


def take_wish(request: HttpRequest) -> bool:
    """Return what was kept, once; no, if nothing was."""
    return bool(request.session.pop(SESSION_KEY, False))


def settle(request: HttpRequest, *, is_to_stay: bool) -> None:
    """Have the session of who is in last for STAY_DAYS, or while it is used in an open browser."""
    request.session.pop(SEEN_KEY, None)
    if is_to_stay:
        request.session.set_expiry(settings.ACCOUNT_SESSION_COOKIE_AGE)
    else:
        request.session.set_expiry(0)
        request.session[SEEN_KEY] = timezone.now().timestamp()


def keep_in_use(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Have a session that ends with its browser not end before, while it is used."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed:
            renew(request.session, timezone.now())
        return response

    return middleware


def renew(session: SessionBase, now: datetime) -> None:
    """Begin the hours anew after which the session ends, unless that was done a moment ago."""
    seen_at = session.get(SEEN_KEY)
    if seen_at is not None and now.timestamp() - seen_at >= RENEWED_AFTER.total_seconds():
        session[SEEN_KEY] = now.timestamp()
