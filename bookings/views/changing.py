"""Change a booking: other times, people or note; where that cannot be, another place for it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.actions import change as change_booking
from bookings.charges.agreeing import NotAgreed, as_agreed
from bookings.charges.moves import move_prices
from bookings.charges.prices import price_of
from bookings.forms.booking import PartyForm, TimesFormSet, TimesFormSetBase
from bookings.forms.refusals import say_at_field
from bookings.models import Booking
from bookings.possibility import Missed
from bookings.rules import MOST_INTERVALS
from bookings.search.moves import Instead, instead_of
from bookings.templatetags.rows import times_when
from bookings.views.agreeing import agreed_by, ask
from bookings.views.book import hours_of
from bookings.views.bookings import CONFLICT, drops, intervals_of, missed_of, shown
from bookings.views.standing import closed_words
from bookings.wishes import Wish, parse_place
from network.errors import Refusal
from network.models import User
from network.views.typed import entries, sign_in_first
from sites.intervals import Interval
from sites.models import Space
from sites.templatetags.when import day_words


@dataclass(frozen=True)
class Asked:
    """What the page of changes was asked: its forms, and the wish they make if they are valid."""

    times: TimesFormSetBase
    party: PartyForm
    wish: Wish | None
    is_move: bool


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the times, people or note of a booking, or move it where it could go instead."""
    assert isinstance(request.user, User)
    found = get_object_or_404(shown(request), reference=reference)
    asked, now = asked_of(request, found), timezone.now()
    refusal = None
    if asked.wish is not None:
        try:
            changed = change_as_told(request, found, asked.wish, now)
        except Refusal as refused:
            refusal = refused
        except NotAgreed as open_yet:
            return ask(request, found, open_yet.terms, title=_("Keep these changes?"))
        else:
            tell_change(request, changed, is_changed=changed.sequence != found.sequence)
            return redirect(found)
    is_at_field = refusal is not None and not asked.is_move and is_said_at_field(refusal, asked)
    instead = instead_for(request.user, found, asked.wish, refusal, now)
    context = {
        "section": "bookings",
        "booking": found,
        "is_own": found.person_id == request.user.pk,
        **prices_for(found, instead, now),
        "times": asked.times,
        "party": asked.party,
        "refusal": None if is_at_field else refusal,
        "refused": refused_words(asked, found, instead),
        "can_change": found.can_be_changed(now),
        "closed": closed_words(found, now),
        "can_give_back": found.can_be_given_back(now),
        "instead": instead,
    }
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "bookings/change.html", context, status=status)


def change_as_told(request: HttpRequest, found: Booking, wish: Wish, now: datetime) -> Booking:
    """Change the booking if that costs what was told. Raises a Refusal or NotAgreed."""
    by, agreed = request.user, agreed_by(request)
    assert isinstance(by, User)
    act = partial(change_booking, booking=found, wish=wish, by=by, now=now)
    return as_agreed(booking=found, agreed=agreed, now=now, act=act)


def asked_of(request: HttpRequest, found: Booking) -> Asked:
    """Return what is asked: nothing yet by who only looks."""
    times = times_form(request, found)
    party = PartyForm(entries(request), initial={"people": found.people, "note": found.note})
    place = request.POST.get("instead", "")
    is_asked = request.method == "POST" and party.is_valid() and bool(place or times.is_valid())
    wish = wish_of(found, times, party, place) if is_asked else None
    return Asked(times, party, wish, is_move=bool(place))


def wish_of(found: Booking, times: TimesFormSetBase, party: PartyForm, place: str) -> Wish:
    """Return the booking as it is wished: by the times typed, or in the place that was pressed."""
    if place:
        space_id, intervals = asked_place(place)
    else:
        zone, space_id = found.site.zone, found.space_id
        intervals = tuple(hours_of(form.cleaned_data, zone) for form in times.kept)
    people, note = party.cleaned_data["people"], party.cleaned_data["note"]
    return Wish(space_id=space_id, intervals=intervals, people=people, note=note)


def asked_place(text: str) -> tuple[int, tuple[Interval, ...]]:
    """Return the space and times that a button names; no page of ours names any other."""
    try:
        space_id, intervals = parse_place(text)
    except ValueError as error:
        raise BadRequest(_("We do not understand this time.")) from error
    if len(intervals) > MOST_INTERVALS:
        raise BadRequest(_("This is too much for one booking. Make several."))
    get_object_or_404(Space.objects.bookable(), pk=space_id)
    return space_id, intervals


def instead_for(
    person: User, found: Booking, wish: Wish | None, refusal: Refusal | None, now: datetime
) -> Instead | None:
    """Return where the booking could go instead; none to others, whom its person's days are not.

    Of a booking that can no longer be had, it is told before anything is asked.
    """
    if found.person_id != person.pk or not found.can_be_changed(now):
        return None
    if wish is not None and refusal is not None:
        return instead_of(found, wish, refusal, now)
    missed = missed_of(found, now)
    return instead_of(found, wish_as_is(found), first_of(missed), now) if missed else None


def prices_for(found: Booking, instead: Instead | None, now: datetime) -> dict[str, object]:
    """Return what the booking costs, and what the times are told by where it could go instead."""
    price = price_of(found, now)
    is_found = instead is not None and instead.is_found
    return {"price": price, "prices": move_prices(found, price, now) if is_found else None}


def first_of(missed: Missed) -> Refusal:
    """Return why the first of the missed times can no longer be had."""
    return next(iter(missed.values()))


def wish_as_is(found: Booking) -> Wish:
    """Return what the booking has."""
    times = tuple(intervals_of(found))
    return Wish(space_id=found.space_id, intervals=times, people=found.people, note=found.note)


def refused_words(asked: Asked, found: Booking, instead: Instead | None) -> str:
    """Return what was refused, where the fields do not tell: a button pressed, one day of many."""
    if asked.wish is None:
        return ""
    if asked.is_move:
        site = Space.objects.select_related("site").get(pk=asked.wish.space_id).site
        where = {"when": times_when(asked.wish.intervals, site.zone), "site": site.name}
        return _("Not moved to %(when)s, %(site)s") % where
    if len(asked.wish.intervals) > 1 and instead is not None and instead.fault is not None:
        return day_words(instead.fault)
    return ""


def times_form(request: HttpRequest, found: Booking) -> TimesFormSetBase:
    """Return a line of date and hours for each stretch of the booking."""
    zone = found.site.zone
    initial: list[dict[str, Any]] = []
    missed = missed_of(found, timezone.now())
    dropped = drops(request, missed)
    for one in intervals_of(found):
        starts, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
        initial.append({"on": starts.date(), "starts": starts.time(), "ends": ends.time()})
        # The last time cannot be dropped: that is to cancel.
        initial[-1]["DELETE"] = one in dropped and len(dropped) < len(intervals_of(found))
    times = cast(TimesFormSetBase, TimesFormSet(entries(request), initial=initial))
    held = intervals_of(found)
    for number, (form, one) in enumerate(zip(times.forms, held, strict=False), start=1):
        form.missed = str(missed[one].message) if one in missed else ""
        form.title = title_of_time(number, one.starts_at.astimezone(zone).date(), of=len(held))
    return times


def title_of_time(number: int, day: date, *, of: int) -> str:
    """Return over which time of a booking its date and hours are, when there are several."""
    if of == 1:
        return _("When")
    return _("Time %(number)d: %(day)s") % {"number": number, "day": day_words(day)}


def is_said_at_field(refusal: Refusal, asked: Asked) -> bool:
    """Say a refusal at the field it concerns; tell whether it concerns one."""
    lines = asked.times.forms
    return say_at_field(refusal, asked.party) or len(lines) == 1 and say_at_field(refusal, lines[0])


def tell_change(request: HttpRequest, changed: Booking, *, is_changed: bool) -> None:
    """Say what became of the booking."""
    if not is_changed:
        messages.info(request, _("Nothing has changed."))
    elif missed_of(changed, timezone.now()):
        words = _("The booking is changed, but it, or part of it, can still not be had.")
        messages.warning(request, words)
    else:
        messages.success(request, _("The booking is changed."))
