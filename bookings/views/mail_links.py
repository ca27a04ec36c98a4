"""Pages of the links in mails, which act without signing in: a button each, pressed by POST.

A GET changes nothing, for mail scanners follow every link. A POST needs no token of the form: the
link itself is the right, and mail programs press it from elsewhere (RFC 8058).
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from billing.showing.losses import Loss
from bookings.charges.agreeing import NotAgreed
from bookings.charges.prices import loss_of
from bookings.charges.promises import of_loss
from bookings.reminders.links import CancelLink, Standing, read_cancel_link, reader_of
from bookings.reminders.pressing import cancel_by_link, stop_by_link
from bookings.views.agreeing import agreed_by, changed_since
from network.errors import Refusal

View = Callable[..., HttpResponse]
#: Presses by one caller; a whole office may share an address.
LIMIT = {"cancel-link": "30/5m/ip"}
DONE = _("It is cancelled"), _("The place is free for others. A confirmation comes by e-mail.")
TOO_MANY = (
    _("Nothing was cancelled"),
    _(
        "Too many links of e-mails were pressed from your connection in a short time. Wait five"
        " minutes and press again, or cancel among your bookings."
    ),
)
#: What a link would do, or why it does nothing any more: title, words.
WORDS: dict[Standing, tuple[Promise, Promise]] = {
    Standing.OPEN: (
        _("Cancel this booking?"),
        _("One press, without signing in. To keep the booking, close this page."),
    ),
    Standing.UNREADABLE: (
        _("This link does not work"),
        _("It was cut or altered on its way. Open it once more from the e-mail."),
    ),
    Standing.CLOSED: (
        _("This link no longer works"),
        _("The account that it belongs to is closed. Ask the site about the booking."),
    ),
    Standing.CANCELLED: (
        _("It is cancelled already"),
        _("You have nothing else to do. The place is free for others."),
    ),
    Standing.BEGUN: (
        _("The booking has begun"),
        _("It can no longer be cancelled here. Sign in to give back the time left."),
    ),
    Standing.CHANGED: (
        _("The booking has changed since this e-mail"),
        _("This link no longer works. Sign in to see what holds now."),
    ),
}
STATUS = {
    Standing.OPEN: HTTPStatus.OK,
    Standing.CANCELLED: HTTPStatus.OK,
    Standing.UNREADABLE: HTTPStatus.NOT_FOUND,
}


def from_mail(view: View) -> View:
    """Have the address of the page, which is a right, neither kept, told on nor found."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return checked


@from_mail
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link cancels; a POST cancels it, once."""
    now = timezone.now()
    if request.method != "POST":
        return page_to_press(request, read_cancel_link(token, now), now)
    if not consume(request, app="bookings", action="cancel-link", config=LIMIT):
        return page_of_too_many(request)
    try:
        link = cancel_by_link(token=token, now=now, agreed=agreed_by(request))
    except NotAgreed:
        return page_to_press(request, read_cancel_link(token, now), now, changed_since())
    return page_of(request, link, is_done=link.standing is Standing.OPEN)


def page_to_press(
    request: HttpRequest, link: CancelLink, now: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    """Return the page of the link with what its press would give back, and why it did not."""
    loss = loss_by(link, now)
    agreed = of_loss(loss).code if loss else ""
    return page_of(request, link, loss=loss, agreed=agreed, refusal=refusal)


def loss_by(link: CancelLink, now: datetime) -> Loss | None:
    """Return what the press would give back and what would be kept; none of a link that is over."""
    booking = link.booking
    if booking is None or link.standing is not Standing.OPEN:
        return None
    return loss_of(booking, booking.person, now, link.times)


def page_of(
    request: HttpRequest, link: CancelLink, *, is_done: bool = False, **told: object
) -> HttpResponse:
    """Return the page of the link as it stands, or what has just been cancelled by it."""
    title, text = DONE if is_done else WORDS[link.standing]
    context = {
        "link": link,
        "is_open": link.standing is Standing.OPEN and not is_done,
        "is_done": is_done,
        "title": title,
        "text": text,
        **told,
    }
    is_refused = told.get("refusal") is not None
    status = HTTPStatus.CONFLICT if is_refused else STATUS.get(link.standing, HTTPStatus.GONE)
    return render(request, "bookings/cancel_link.html", context, status=status)


def page_of_too_many(request: HttpRequest) -> HttpResponse:
    """Return that this press did nothing, and what to do."""
    title, text = TOO_MANY
    context = {"title": title, "text": text}
    status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "bookings/cancel_link.html", context, status=status)


@from_mail
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop reminders; a POST does. Without limit: providers press for many."""
    is_done = request.method == "POST" and stop_by_link(token=token) is not None
    is_known = is_done or reader_of(token) is not None
    context = {"is_done": is_done, "is_known": is_known}
    status = HTTPStatus.OK if is_known else HTTPStatus.NOT_FOUND
    return render(request, "bookings/reminders_stop.html", context, status=status)
