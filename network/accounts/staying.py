"""Whether a browser stays signed in once it was closed: one rule for every door.

Telecentres have shared computers, so a session ends with its browser unless a box was ticked. The
box stands where somebody begins to come in; a second factor or a code by mail may follow, so what
was ticked waits in the session and holds from the moment they are in. The cookie does not tell
before: for an address that has an account already it would be another than for a new one.
"""

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SESSION_KEY = "is_to_stay"


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
    """Have the session of who is in last for SESSION_COOKIE_AGE, or until the browser is closed."""
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_to_stay else 0)
