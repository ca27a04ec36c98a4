"""A person's own bookings: list, one, change, cancel."""

from datetime import date, datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.access import access_to
from bookings.actions import cancel as cancel_booking
from bookings.actions import change as change_booking
from bookings.forms.booking import PartyForm, TimesFormSet, TimesFormSetBase
from bookings.forms.refusals import say_at_field
from bookings.models import Allocation, Booking, BookingQuerySet
from bookings.possibility import Missed, missed_times
from bookings.search.repeats import Repeat, agenda_of, repeat_of
from bookings.views.arriving import is_told, photo_of, stop_of
from bookings.views.book import hours_of
from bookings.views.standing import Standing, missed_words
from bookings.wishes import Wish
from network.errors import Refusal
from network.models import User
from network.views.typed import entries, sign_in_first
from sites.intervals import Interval
from sites.templatetags.when import day_words

PER_PAGE = 20
CONFLICT = 409


def shown(request: HttpRequest) -> BookingQuerySet:
    """Return the bookings this person may see, with what pages tell of them."""
    assert isinstance(request.user, User)
    return told(Booking.objects.visible_to(request.user))


def repeat_for(person: User | AnonymousUser, found: Booking, now: datetime) -> Repeat | None:
    """Return the booking's next times for its own person; nobody else is offered them."""
    if found.person_id != person.pk:
        return None
    return repeat_of(found, found.allocations.all(), agenda_of(person, now))


def told(bookings: BookingQuerySet) -> BookingQuerySet:
    """Return `bookings` with what pages tell of them."""
    kept = Allocation.objects.kept()
    allocations = kept.order_by("starts_at", "unit__label").select_related("unit")
    return bookings.select_related("space", "site__commune", "person").prefetch_related(
        Prefetch("allocations", queryset=allocations)
    )


def intervals_of(booking: Booking) -> list[Interval]:
    """Return the booking's times, sorted, once each."""
    return sorted({allocation.interval for allocation in booking.allocations.all()})


def missed_of(booking: Booking, now: datetime) -> Missed:
    """Return which times of the booking can no longer be had, and why."""
    return missed_times([booking], now).get(booking.pk, {})


def is_partly_missed(booking: Booking, missed: Missed, now: datetime) -> bool:
    """Tell whether others of the booking's times ahead can still be had."""
    ahead = {one for one in intervals_of(booking) if one.ends_at > now}
    return bool(missed) and not ahead <= missed.keys()


def mark_of(booking: Booking, missed: Missed, now: datetime) -> str:
    """Return what a list says of a booking of which times can no longer be had."""
    return missed_words(is_partly_missed(booking, missed, now))


def drops(request: HttpRequest, missed: Missed) -> Missed:
    """Return which times the page is asked to offer for dropping: none, or what is impossible."""
    return missed if request.GET.get("drop") == "impossible" else {}


@never_cache
@sign_in_first
@require_safe
def bookings(request: HttpRequest) -> HttpResponse:
    """List own bookings: those to come first, then the past, page by page."""
    assert isinstance(request.user, User)
    now = timezone.now()
    own = told(Booking.objects.of(request.user))
    past = own.past(now).order_by("-starts_at", "-pk")
    upcoming = list(own.active().upcoming(now).order_by("starts_at", "pk"))
    missed = missed_times(upcoming, now)
    context = {
        "section": "bookings",
        "upcoming": upcoming,
        "marks": {
            one.pk: mark_of(one, missed[one.pk], now) for one in upcoming if one.pk in missed
        },
        "cancelled": own.upcoming(now)
        .filter(status=Booking.Status.CANCELLED)
        .order_by("starts_at"),
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "agenda": agenda_of(request.user, now),
    }
    return render(request, "bookings/bookings.html", context)


@never_cache
@sign_in_first
@require_safe
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one booking and, from the day before, how to get in."""
    found = get_object_or_404(shown(request), reference=reference)
    now = timezone.now()
    missed = missed_of(found, now)
    standing = Standing(
        booking=found,
        now=now,
        missed=missed,
        is_partly_missed=is_partly_missed(found, missed, now),
        is_own=found.person_id == request.user.pk,
        is_told=is_told(found),
    )
    times = intervals_of(found)
    context = {
        "section": "bookings",
        "booking": found,
        "intervals": times,
        "stop": stop_of(found, times, now),
        "photo": photo_of(found),
        "missed": {time: reason.message for time, reason in missed.items()},
        "standing": standing,
        "can_change": standing.can_change,
        "can_give_back": standing.can_give_back,
        "access": access_to(found, times, now),
        "again": repeat_for(request.user, found, now),
    }
    return render(request, "bookings/booking.html", context)


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the times, people or note of a booking."""
    found = get_object_or_404(shown(request), reference=reference)
    times = times_form(request, found)
    party = PartyForm(entries(request), initial={"people": found.people, "note": found.note})
    refusal = None
    if request.method == "POST" and times.is_valid() and party.is_valid():
        try:
            changed = change_as_typed(request, found, times, party)
        except Refusal as refused:
            refusal = None if is_said_at_field(refused, times, party) else refused
        else:
            tell_change(request, changed, is_changed=changed.sequence != found.sequence)
            return redirect(found)
    is_refused = request.method == "POST"
    context = {
        "section": "bookings",
        "booking": found,
        "times": times,
        "party": party,
        "refusal": refusal,
        "can_change": found.can_be_changed(timezone.now()),
        "can_give_back": found.can_be_given_back(timezone.now()),
    }
    return render(request, "bookings/change.html", context, status=CONFLICT if is_refused else 200)


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


def is_said_at_field(refusal: Refusal, times: TimesFormSetBase, party: PartyForm) -> bool:
    """Say a refusal at the field it concerns; tell whether it concerns one."""
    is_only = len(times.forms) == 1
    return say_at_field(refusal, party) or is_only and say_at_field(refusal, times.forms[0])


def tell_change(request: HttpRequest, changed: Booking, *, is_changed: bool) -> None:
    """Say what became of the booking."""
    if not is_changed:
        messages.info(request, _("Nothing has changed."))
    elif missed_of(changed, timezone.now()):
        words = _("The booking is changed, but it, or part of it, can still not be had.")
        messages.warning(request, words)
    else:
        messages.success(request, _("The booking is changed."))


def change_as_typed(
    request: HttpRequest, found: Booking, times: TimesFormSetBase, party: PartyForm
) -> Booking:
    """Change the booking as the valid forms say. Raises a Refusal."""
    assert isinstance(request.user, User)
    zone = found.site.zone
    wish = Wish(
        space_id=found.space_id,
        intervals=tuple(hours_of(form.cleaned_data, zone) for form in times.kept),
        people=party.cleaned_data["people"],
        note=party.cleaned_data["note"],
    )
    return change_booking(booking=found, wish=wish, by=request.user, now=timezone.now())


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then cancel the booking."""
    assert isinstance(request.user, User)
    found = get_object_or_404(shown(request), reference=reference)
    refusal = None
    if request.method == "POST":
        try:
            cancel_booking(booking=found, by=request.user, now=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("The booking is cancelled. The place is free for others."))
            return redirect("bookings")
    context = {
        "section": "bookings",
        "booking": found,
        "intervals": intervals_of(found),
        "refusal": refusal,
        "can_change": found.can_be_changed(timezone.now()),
        "can_give_back": found.can_be_given_back(timezone.now()),
    }
    return render(request, "bookings/cancel.html", context, status=CONFLICT if refusal else 200)
