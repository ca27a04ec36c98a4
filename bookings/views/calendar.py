"""Calendars: the private feed, one booking as a file, and the page that tells how."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from bookings.calendars import (
    appointments_of,
    download,
    feed_calendar,
    fingerprint,
    shown_in_feed,
)
from bookings.calendars.feeds import feed_of, owner_of, rotate_feed, token_of
from bookings.models import Booking
from bookings.possibility import marked
from network.hrefs import whole_address_of
from network.models import User
from network.views.typed import sign_in_first

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@cache_control(private=True, no_cache=True)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer a calendar program, which has no session; its address is its right."""
    person = owner_of(token)
    if person is None:
        raise Http404
    now = timezone.now()
    # Not the language of the program that asks: one calendar reads the same everywhere.
    with translation.override(person.language):
        events = marked(appointments_of(shown_in_feed(person, now)), now)
        # By tag alone: a language, a commune's name or what ages out changes it without a date.
        tag = f'"{fingerprint(events, now)}"'
        unchanged = get_conditional_response(request, tag)
        answer = unchanged or HttpResponse(feed_calendar(events, now), content_type=CALENDAR)
    answer["ETag"] = tag
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@sign_in_first
def booking_event(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer one booking as a file to add to a calendar."""
    person = cast(User, request.user)
    booking = get_object_or_404(Booking.objects.visible_to(person), reference=reference)
    return event_file(booking, timezone.now())


def event_file(booking: Booking, now: datetime) -> HttpResponse:
    """Return the booking as a file to add to a calendar, in the active language."""
    events = marked(appointments_of(Booking.objects.filter(pk=booking.pk)), now)
    answer = HttpResponse(download(events, now), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="maillage-{booking.reference}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
@cache_control(private=True, no_store=True)
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """Show the private address; a POST replaces it."""
    person = cast(User, request.user)
    if request.method == "POST":
        rotate_feed(person=person)
        messages.success(request, _("Your calendar has a new address. The old one is closed."))
        return redirect("calendar-settings")
    address = whole_address_of("calendar-feed", token_of(feed_of(person)))
    webcal = f"webcal://{address.partition('://')[2]}"
    context = {"section": "account", "address": address, "webcal": webcal}
    return render(request, "bookings/calendar_settings.html", context)
