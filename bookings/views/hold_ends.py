"""What is said of a hold that is none any more, and where its visitor goes on."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.holds.session import live, typed_for, until_of
from network.views.typed import as_typed

NOT_FOUND = 404
#: What the check page sends, and the hold's page again, should the session be gone by then.
TYPED_NAMES = ("at", "people", "note", "email")


def only_typed(fields: QueryDict) -> QueryDict:
    """Return of sent fields those that the check page's form has."""
    typed = QueryDict(mutable=True)
    for name in TYPED_NAMES:
        if name in fields:
            typed.setlist(name, fields.getlist(name))
    return typed


def gone(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    """Answer for a hold that the session does not know, or whose row is no longer there.

    A form that outlived its session leads back to what it holds.
    """
    if typed_for(request, token):
        until = until_of(request, token)
        return (
            let_go_before(request, token, now) if until and until > now else ended(request, token)
        )
    space = request.POST.get("space", "")
    if not (space.isascii() and space.isdigit() and len(space) <= 18):
        return unknown(request)
    messages.warning(request, _("Your session has ended."))
    path = reverse("book", args=[int(space)])
    return redirect(as_typed(request, path, only_typed(request.POST)))


def unknown(request: HttpRequest) -> HttpResponse:
    """Answer alike for what another browser holds and for what nobody does."""
    return render(request, "bookings/not_held.html", status=NOT_FOUND)


def let_go_before(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    """Say that the session let it go before its time, and lead to what it holds there instead."""
    space, _typed = typed_for(request, token) or (None, None)
    instead = next((one for one in live(request, now) if one.space_id == space), None)
    if instead is None:
        messages.info(request, _("You let it go: this is no longer held for you."))
        return back(request, token)
    messages.info(request, _("You have chosen anew: this is held for you instead."))
    return redirect("hold", instead.token)


def ended(request: HttpRequest, token: str) -> HttpResponse:
    """Lead back to the page where it was chosen, with all that was typed, and say why."""
    messages.warning(request, _("We no longer hold this for you: the time is over."))
    return back(request, token)


def back(request: HttpRequest, token: str) -> HttpResponse:
    """Show again the page on which this session took the hold, as it was typed."""
    page = typed_for(request, token)
    if page is None:
        raise Http404
    space, typed = page
    return redirect(as_typed(request, reverse("book", args=[space]), typed))
