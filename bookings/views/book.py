"""Book a space: look once more, confirm."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.actions import book as book_space
from bookings.errors import KeyReused, NoUnitFree, QuotaOfSpace, TooManyPeople
from bookings.forms.booking import PartyForm, TimesForm
from bookings.forms.refusals import say_at_field
from bookings.idempotency import Answer, answer_once
from bookings.rules import MOST_INTERVALS
from bookings.search.previews import alternatives, elsewhere_for, preview
from bookings.wishes import Wish, interval_text, parse_interval
from network.errors import Refusal
from network.models import User
from network.views.typed import entries, sign_in_first
from sites.intervals import Interval
from sites.models import Space
from sites.rules import local_span

SEE_OTHER, CONFLICT = 303, 409


def hours_of(times: Mapping[str, Any], zone: ZoneInfo) -> Interval:
    """Return the interval of a valid TimesForm, by the clocks of `zone`."""
    return local_span(times["on"], times["starts"], times["ends"], zone)


def asked_intervals(query: QueryDict, zone: ZoneInfo) -> tuple[Interval, ...]:
    """Return the times an address asks for: `at` once or more, or `on`, `starts` and `ends`."""
    asked = query.getlist("at")
    if len(asked) > MOST_INTERVALS:
        raise BadRequest(_("This is too much for one booking. Make several."))
    try:
        if asked:
            return tuple(parse_interval(text) for text in asked)
        times = TimesForm(query)
        if times.is_valid():
            return (hours_of(times.cleaned_data, zone),)
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("We do not understand this time.")) from error
    raise BadRequest(_("We do not understand this time."))


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, space_id: int) -> HttpResponse:
    """Show what is about to be booked; on confirmation book it, once however often it is sent."""
    assert isinstance(request.user, User)
    now = timezone.now()
    space = get_object_or_404(Space.objects.bookable().select_related("site__commune"), pk=space_id)
    typed = entries(request)
    intervals = asked_intervals(request.GET if typed is None else typed, space.site.zone)
    form = PartyForm(typed or party_of(request.GET))
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        wish = wish_of(space, intervals, form)
        try:
            reference = confirm(wish, request.user, form.cleaned_data["key"], now)
            return redirect("booking", reference)
        except Refusal as refusal:
            refused, form = refusal, PartyForm(with_new_key(form))
    people = form.cleaned_data.get("people") or 1 if form.is_valid() else 1
    wish = Wish(space_id=space.pk, intervals=intervals, people=people)
    return review(request, form, wish, space, refused)


def party_of(query: QueryDict) -> dict[str, str]:
    """Return what the page of a wish starts with: a key makes its confirmation happen once."""
    return {"people": query.get("people", "1"), "note": "", "key": str(uuid.uuid4())}


def with_new_key(form: PartyForm) -> dict[str, Any]:
    """Return what a valid form held, to be confirmed anew: its key has had its answer."""
    return form.cleaned_data | {"key": str(uuid.uuid4())}


def wish_of(space: Space, intervals: tuple[Interval, ...], form: PartyForm) -> Wish:
    """Return the wish that a valid form makes."""
    return Wish(
        space_id=space.pk,
        intervals=intervals,
        people=form.cleaned_data["people"],
        note=form.cleaned_data["note"],
    )


def confirm(wish: Wish, person: User, key: str, now: datetime) -> str:
    """Book the wish, or find what this key has booked before; return the booking's reference.

    Raises a Refusal, which the key does not keep: it can be tried again.
    """

    def act() -> Answer:
        booking = book_space(wish=wish, person=person, by=person, now=now)
        return Answer(SEE_OTHER, {"reference": booking.reference})

    request = [wish.space_id, wish.people, [str(one) for one in wish.intervals], wish.note]
    page_key = f"page:{key}"[:255]
    try:
        answer = (
            answer_once(person=person, key=page_key, request=request, now=now, act=act)
            if key
            else act()
        )
    except KeyReused as reused:
        raise KeyReused(
            _("You confirmed this page before, with other details. Look at your bookings first.")
        ) from reused
    return str(answer.body["reference"])


def is_of_party(refusal: Refusal, wish: Wish) -> bool:
    """Tell whether fewer people may have what is refused to so many."""
    too_many = isinstance(refusal, TooManyPeople)
    return too_many or isinstance(refusal, NoUnitFree | QuotaOfSpace) and wish.people > 1


def review(
    request: HttpRequest, form: PartyForm, wish: Wish, space: Space, refused: Refusal | None
) -> HttpResponse:
    """Show the wish as it stands now, with what else is free when it cannot be had.

    `refused` says why it was not confirmed, though it may be free again by now.
    """
    assert isinstance(request.user, User)
    now = timezone.now()
    seen = preview(wish=wish, space=space, person=request.user, now=now)
    zone = space.site.zone
    why = seen.refusal or refused
    is_at_field = bool(why and is_of_party(why, wish) and say_at_field(why, form))
    context = {
        "section": "home",
        "form": form,
        "space": space,
        "site": space.site,
        "preview": seen,
        "refusal": None if is_at_field else why,
        "intervals": seen.intervals,
        "at": [interval_text(one, zone) for one in wish.intervals],
        "alternatives": alternatives(space, wish, request.user, now) if seen.refusal else [],
        "elsewhere": elsewhere_for(space, wish, request.user, seen.refusal, now),
        "people": wish.people,
        "today": now.astimezone(zone).date(),
        "can_correct": seen.refusal is None or is_of_party(seen.refusal, wish),
    }
    status = CONFLICT if why and request.method == "POST" else 200
    return render(request, "bookings/book.html", context, status=status)
