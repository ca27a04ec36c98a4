"""What is said of a hold that is none any more, and where its visitor goes on."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.holds.session import live, typed_for, until_of
from bookings.models import Hold
from network.views.typed import as_typed
from sites.models import Site, Space

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

    A form that outlived its session, or was sent from another one, leads back to what it holds.
    """
    if page := typed_for(request, token):
        until = until_of(request, token)
        is_early = bool(until and until > now)
        return let_go_before(request, *page, now) if is_early else ended(request, *page)
    space = request.POST.get("space", "")
    is_named = space.isascii() and space.isdigit() and len(space) <= 18
    if is_overtaken(request) and (is_confirmed(token) or not is_named):
        return led_on(request, token)
    if not is_named:
        return unknown(request)
    words = _("Your session has ended.")
    if request.user.is_authenticated:
        words = _("We do not hold this for you.")
    messages.warning(request, words)
    path = reverse("book", args=[int(space)])
    return redirect(as_typed(request, path, only_typed(request.POST)))


def is_overtaken(request: HttpRequest) -> bool:
    """Tell whether a form bears a session that is no more: another press may have signed in.

    Signing in changes the session's key, and what was sent just before still bears the old one.
    """
    was_borne = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method == "POST" and was_borne and request.session.is_empty()


def led_on(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to the hold's page, and leave alone the cookie of whoever signed in meanwhile.

    The middleware of sessions has browsers forget the cookie of a session that is no more: it
    would be the new one, if the answer to the first press came before.
    """
    del request.COOKIES[settings.SESSION_COOKIE_NAME]
    return redirect("hold", token)


def is_confirmed(token: str) -> bool:
    """Tell whether what was held is booked; its page shows the booking to nobody but its own."""
    return Hold.objects.filter(token=token, booking__isnull=False).exists()


def unknown(request: HttpRequest) -> HttpResponse:
    """Answer alike for what another browser holds and for what nobody does."""
    return render(request, "bookings/not_held.html", status=NOT_FOUND)


def let_go_before(
    request: HttpRequest, space_id: int, typed: QueryDict, now: datetime
) -> HttpResponse:
    """Say that the session let it go before its time, and lead to what it holds there instead."""
    instead = next((one for one in live(request, now) if one.space_id == space_id), None)
    if instead is None:
        messages.info(request, _("You let it go: this is no longer held for you."))
        return back(request, space_id, typed)
    messages.info(request, _("You have chosen anew: this is held for you instead."))
    return redirect("hold", instead.token)


def ended(request: HttpRequest, space_id: int, typed: QueryDict) -> HttpResponse:
    """Lead back to the page where it was chosen, with all that was typed, and say why."""
    words = _("We no longer hold this for you: the time is over.")
    if not Space.objects.bookable().filter(pk=space_id).exists():
        words = _("This space takes no bookings at the moment.")
    messages.warning(request, words)
    return back(request, space_id, typed)


def back(request: HttpRequest, space_id: int, typed: QueryDict) -> HttpResponse:
    """Show again the page on which the space was chosen, as it was typed.

    Where that takes no bookings any more, it is the site's, or the first page.
    """
    if Space.objects.bookable().filter(pk=space_id).exists():
        return redirect(as_typed(request, reverse("book", args=[space_id]), typed))
    site = Site.objects.active().filter(spaces=space_id).first()
    return redirect(site or "home")
