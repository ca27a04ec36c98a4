"""Book a space: look once more, confirm."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.employers.telling import waiting_words
from bookings.employers.waiting import Browser, wait_for_approval
from bookings.errors import KeyReused
from bookings.forms.booking import NewcomerForm, PartyForm, TimesForm
from bookings.ground import AskedBooking
from bookings.holds.holding import book_over, caller_of, held_like
from bookings.holds.session import name_of
from bookings.idempotency import Answer, answer_once
from bookings.models import Booking
from bookings.rules import MOST_INTERVALS
from bookings.views.agreeing import told_by
from bookings.views.holding import held_for_visitor
from bookings.views.reviewing import review
from bookings.wishes import Wish, parse_interval
from network.accounts.clients import client_address
from network.errors import Refusal
from network.models import User
from network.sql import Given, kept
from network.views.typed import entries, forget, keeps_typed, kept_last
from sites.intervals import Interval
from sites.models import Space
from sites.rules import local_span
from subscriptions.errors import ToBeApproved

SEE_OTHER = 303


def hours_of(times: Mapping[str, Any], zone: ZoneInfo) -> Interval:
    """Return the interval of a valid TimesForm, by the clocks of `zone`."""
    return local_span(times["on"], times["starts"], times["ends"], zone)


def asked_intervals(query: QueryDict, space: Callable[[], Space]) -> tuple[Interval, ...]:
    """Return the times an address asks for: `at` once or more, or `on`, `starts` and `ends`.

    These are by the clocks of the `space`, which nothing else has read.
    """
    asked = query.getlist("at")
    if len(asked) > MOST_INTERVALS:
        raise BadRequest(_("This is too much for one booking. Make several."))
    try:
        if asked:
            return tuple(parse_interval(text) for text in asked)
        times = TimesForm(query)
        if times.is_valid():
            return (hours_of(times.cleaned_data, space().site.zone),)
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("We do not understand this time.")) from error
    raise BadRequest(_("We do not understand this time."))


@never_cache
@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, space_id: int) -> HttpResponse:
    """Show what is about to be booked; on confirmation book it, once however often it is sent.

    For who has yet to say who they are it is held instead. What the visitor holds already is shown
    where it can be confirmed.
    """
    now = timezone.now()
    space = cache(partial(bookable, space_id))  # a confirmation reads it under its lock alone
    typed = entries(request)
    intervals = asked_intervals(request.GET if typed is None else typed, space)
    start = party_of(request.GET, typed) | ({} if typed else carried(request))
    form = form_of(request, request.POST or start)
    wish = wish_of(space_id, intervals, form)
    if request.method != "POST":
        held = held_like(wish=wish, session=name_of(request), now=now)
        return redirect("hold", held.token) if held else review(request, form, wish, space(), None)
    refused: Refusal | None = None
    if form.is_valid():
        try:
            following = taken(request, wish, form, now)
            forget(request, "book")
            return HttpResponseRedirect(following)
        except Space.DoesNotExist as unknown:
            raise Http404 from unknown
        except Refusal as refusal:
            refused, form = refusal, form_of(request, with_new_key(form))
    return review(request, form, wish, space(), refused)


@kept
def bookable_spaces() -> QuerySet[Space]:
    """Return one space that takes bookings, with where it is."""
    one = Space.objects.bookable().filter(pk=Given("space", BigIntegerField()))
    return one.select_related("site__commune")


def bookable(space_id: int) -> Space:
    """Return a space that takes bookings, with where it is. Raises Http404."""
    for space in bookable_spaces().read(space=space_id):
        return space
    raise Http404


def form_of(request: HttpRequest, fields: Mapping[str, Any]) -> PartyForm:
    """Return the form of who is signed in, or that of a visitor, who gives an address too.

    Who comes in by another way than a code gives none.
    """
    if isinstance(request.user, User) or "other_way" in request.POST:
        return PartyForm(fields)
    return NewcomerForm(fields, is_sent=request.method == "POST")


def taken(request: HttpRequest, wish: Wish, form: PartyForm, now: datetime) -> str:
    """Book the wish, or hold it for a visitor; return the address to go on to. Raises a Refusal."""
    if not isinstance(request.user, User):
        return held_for_visitor(request, wish, form.cleaned_data, now)
    asked = AskedBooking(wish, request.user, now)
    act = partial(book_over, asked, name_of(request), told_by(request))
    try:
        return reverse("booking", args=[confirm(asked, form.cleaned_data["key"], act)])
    except ToBeApproved:
        if "ask_approval" not in request.POST:
            raise
    return asked_for(request, wish, request.user, now)


def asked_for(request: HttpRequest, wish: Wish, person: User, now: datetime) -> str:
    """Ask who approves, and hold the wish until they answer; return the list of bookings."""
    browser = Browser(caller_of(client_address(request)), name_of(request))
    asked = wait_for_approval(wish=wish, person=person, browser=browser, now=now)
    messages.success(request, waiting_words(asked))
    return reverse("bookings")


def party_of(query: QueryDict, typed: QueryDict | None) -> dict[str, Any]:
    """Return what the page of a wish starts with: what was typed in it before, if anything.

    A key makes its confirmation happen once; where none came back with the rest, it is a new one.
    """
    told = typed.dict() if typed else {"people": query.get("people", "1"), "note": ""}
    return told | {"key": told.get("key") or str(uuid.uuid4())}


def carried(request: HttpRequest) -> dict[str, str]:
    """Return what was typed for a place that could not be had, to go on with for another."""
    before = kept_last(request, "book")
    return {name: str(before[name]) for name in ("note", "email") if name in before}


def with_new_key(form: PartyForm) -> dict[str, Any]:
    """Return what a valid form held, to be confirmed anew: its key has had its answer."""
    unchosen = {} if form.chosen else {"pay_with": ""}
    return form.cleaned_data | unchosen | {"key": str(uuid.uuid4())}


def wish_of(space_id: int, intervals: tuple[Interval, ...], form: PartyForm) -> Wish:
    """Return the wish that the form makes, as far as it is valid."""
    told = form.cleaned_data if form.is_valid() else {}
    return Wish(
        space_id=space_id,
        intervals=intervals,
        people=told.get("people", 1),
        note=told.get("note", ""),
    ).paid_by(form.means)


def confirm(asked: AskedBooking, key: str, act: Callable[[], Booking]) -> str:
    """Book by `act`, or find what this key has booked before; return the booking's reference.

    Raises a Refusal, which the key does not keep: it can be tried again.
    """
    wish, person, now = asked.wish, asked.person, asked.now
    times = [str(one) for one in wish.intervals]
    request = [wish.space_id, wish.people, times, wish.note, *wish.means]
    page_key = f"page:{key or uuid.uuid4()}"[:255]

    def booked() -> Answer:
        return Answer(SEE_OTHER, {"reference": act().reference})

    try:
        answer = answer_once(
            *asked.after_person, person=person, key=page_key, request=request, now=now, act=booked
        )
    except KeyReused as reused:
        raise KeyReused(
            _("You confirmed this page before, with other details. Look at your bookings first.")
        ) from reused
    return str(answer.body["reference"])
