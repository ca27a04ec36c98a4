"""Give back what has not begun of a booking: later days, or the rest of one that runs."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.actions import give_back as give_back_times
from bookings.charges.agreeing import NotAgreed, as_agreed
from bookings.forms.booking import GiveBackForm
from bookings.models import Booking
from bookings.possibility import Missed
from bookings.rules import next_on_grid
from bookings.views.agreeing import agreed_by, ask
from bookings.views.bookings import (
    CONFLICT,
    asks_to_drop,
    closed_of,
    intervals_of,
    missed_of,
    shown,
)
from bookings.views.standing import closed_words
from bookings.wishes import interval_text, parse_interval
from network.errors import Refusal
from network.models import User
from network.views.typed import entries, sign_in_first
from sites.intervals import Interval
from sites.templatetags.when import clock_time, when


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask which times to give back, what runs at first, then free them."""
    found = get_object_or_404(shown(request), reference=reference)
    now = timezone.now()
    closed = closed_of(found, now)
    form = form_of(request, found, closed, now)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            after = give_back_as_ticked(request, found, form, now)
        except Refusal as refused:
            refusal = refused
        except NotAgreed as open_yet:
            return ask(request, found, open_yet.terms, title=_("Give this back?"))
        else:
            messages.success(request, words_after(after))
            return redirect(found)
    is_refused = request.method == "POST"
    can_give_back = found.can_be_given_back(now) or bool(closed)
    context = {
        "section": "bookings",
        "title": title_of(found, closed, now),
        "booking": found,
        "form": form,
        "refusal": refusal,
        "can_give_back": can_give_back,
        "has_started": found.has_started(now),
        "closed": closed_words(found, now),
    }
    status = CONFLICT if is_refused else 200
    return render(request, "bookings/give_back.html", context, status=status)


def title_of(booking: Booking, closed: Collection[Interval], now: datetime) -> str:
    """Return what the page is about."""
    if booking.can_be_given_back(now):
        return _("Give back the time left")
    return _("Give back closed times") if closed else _("Nothing is left to give back")


def form_of(
    request: HttpRequest, booking: Booking, closed: Collection[Interval], now: datetime
) -> GiveBackForm:
    """Return the times of which something can still be given back; what runs is ticked.

    Who leaves means the time that runs: later days go only when they are ticked. Who comes to drop
    what is impossible finds that ticked.
    """
    end, zone = next_on_grid(now), booking.site.zone
    held = intervals_of(booking) if booking.is_active else []
    left = [one for one in held if one.ends_at > end or one in closed]
    missed = missed_of(booking, now)
    dropped = {*missed, *closed} if asks_to_drop(request) else set()
    running = [one for one in left if one.starts_at < end]
    chosen = [one for one in left if one in dropped] or running
    words = {one: closed_time(one, zone) for one in running if one in closed}
    for one in left:
        words.setdefault(one, marked_words(one, words_of(one, booking, end), missed))
    return GiveBackForm(
        entries(request),
        choices=[(interval_text(one, zone), words[one]) for one in left],
        chosen=[interval_text(one, zone) for one in chosen],
    )


def closed_time(interval: Interval, zone: ZoneInfo) -> str:
    """Return the words of a time that lies in closures: it goes whole."""
    return _("%(time)s (closed)") % {"time": when(interval, zone)}


def marked_words(interval: Interval, words: str, missed: Missed) -> str:
    """Return the words of a time, marked when it can no longer be had."""
    return _("%(time)s (no longer possible)") % {"time": words} if interval in missed else words


def words_of(interval: Interval, booking: Booking, end: datetime) -> str:
    """Return the time in words; of one that runs, what is left of it."""
    zone = booking.site.zone
    if interval.starts_at >= end:
        return when(interval, zone)
    left = when(Interval(end, interval.ends_at), zone)
    return _("%(time)s: I leave before %(clock)s") % {
        "time": left,
        "clock": clock_time(end, zone),
    }


def words_after(booking: Booking) -> str:
    """Return what became of the booking."""
    if booking.is_active:
        return _("This time is given back. It is free for others.")
    return _("The booking is cancelled. The place is free for others.")


def give_back_as_ticked(
    request: HttpRequest, found: Booking, form: GiveBackForm, now: datetime
) -> Booking:
    """Give back the chosen times as it was told. Raises a Refusal or NotAgreed."""
    by, agreed = request.user, agreed_by(request)
    assert isinstance(by, User)
    times = [parse_interval(text) for text in form.cleaned_data["times"]]
    act = partial(give_back_times, booking=found, by=by, now=now, times=times)
    return as_agreed(booking=found, agreed=agreed, now=now, act=act)
