"""A person's own bookings: list, one, cancel."""

from dataclasses import replace
from datetime import datetime
from functools import partial

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

from billing.templatetags.losses import given_up_words, with_payer
from bookings.access import access_to
from bookings.actions import cancel as cancel_booking
from bookings.charges.agreeing import NotAgreed, as_agreed
from bookings.charges.prices import loss_of, price_of, prices_of
from bookings.charges.promises import of_loss
from bookings.charges.repriced import repriced_with
from bookings.charges.terms import terms_told
from bookings.employers.telling import waiting_of
from bookings.lost import can_be_cancelled, closed_times
from bookings.models import Allocation, Booking, BookingQuerySet
from bookings.possibility import Missed, missed_times
from bookings.search.repeats import Repeat, agenda_of, openings_ahead, repeat_of
from bookings.views.agreeing import agreed_by, changed_since
from bookings.views.arriving import is_given_back, is_told, photo_of, stop_of
from bookings.views.standing import Standing, closed_words, missed_words
from network.errors import Refusal
from network.models import User
from network.views.typed import sign_in_first
from sites.intervals import Interval

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


def closed_of(booking: Booking, now: datetime) -> list[Interval]:
    """Return which times of a booking lie in closures, once it has begun and while it stands."""
    if not booking.is_active or not booking.has_started(now):
        return []
    return closed_times(booking, intervals_of(booking))


def is_partly_missed(booking: Booking, missed: Missed, now: datetime) -> bool:
    """Tell whether others of the booking's times ahead can still be had."""
    ahead = {one for one in intervals_of(booking) if one.ends_at > now}
    return bool(missed) and not ahead <= missed.keys()


def mark_of(booking: Booking, missed: Missed, now: datetime) -> str:
    """Return what a list says of a booking of which times can no longer be had."""
    return missed_words(is_partly_missed(booking, missed, now))


def drops(request: HttpRequest, missed: Missed) -> Missed:
    """Return which times the page is asked to offer for dropping: none, or what is impossible."""
    return missed if asks_to_drop(request) else {}


def asks_to_drop(request: HttpRequest) -> bool:
    """Tell whether the page is asked to offer what is impossible for dropping."""
    return request.GET.get("drop") == "impossible"


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
    lost = own.upcoming(now).filter(status=Booking.Status.CANCELLED)
    cancelled = list(lost.order_by("starts_at"))
    page = Paginator(past, PER_PAGE).get_page(request.GET.get("page"))
    every = [*upcoming, *cancelled, *page]
    context = {
        "section": "bookings",
        "upcoming": upcoming,
        "waiting": waiting_of(request.user, now),
        "marks": {
            one.pk: mark_of(one, missed[one.pk], now) for one in upcoming if one.pk in missed
        },
        "cancelled": cancelled,
        "page": page,
        "prices": prices_of(every, now),
        "agenda": replace(agenda_of(request.user, now), openings=openings_ahead(every, now)),
    }
    return render(request, "bookings/bookings.html", context)


@never_cache
@sign_in_first
@require_safe
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one booking and, from the day before, how to get in."""
    found = get_object_or_404(shown(request), reference=reference)
    now = timezone.now()
    missed, times, price = missed_of(found, now), intervals_of(found), price_of(found, now)
    standing = Standing(
        booking=found,
        now=now,
        missed=missed,
        is_partly_missed=is_partly_missed(found, missed, now),
        is_own=found.person_id == request.user.pk,
        times=times,
        is_told=is_told(found),
        is_given_back=is_given_back(found),
        closed=closed_of(found, now),
    )
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
        "terms": terms_told(found, price, missed, now) if standing.can_change else "",
        "access": access_to(found, times, now),
        "again": repeat_for(request.user, found, now),
        "price": price,
        "others": repriced_with(found) if standing.is_own and not found.is_active else [],
    }
    return render(request, "bookings/booking.html", context)


def cancelled_words(cancelled: Booking, by: User, now: datetime) -> str:
    """Return that a booking is cancelled, what is given back and kept of it, and of whom."""
    price = price_of(cancelled, now)
    told = given_up_words(price) if price else []
    if price and by.pk == cancelled.person_id:
        told = with_payer(told, price.on_account_of)
    is_over = cancelled.ends_at <= now
    is_free = _("The booking is cancelled. The place is free for others.")
    return " ".join([_("The booking is cancelled.") if is_over else is_free, *told])


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then cancel the booking."""
    assert isinstance(request.user, User)
    found, now = get_object_or_404(shown(request), reference=reference), timezone.now()
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            act = partial(cancel_booking, booking=found, by=request.user, now=now)
            cancelled = as_agreed(booking=found, agreed=agreed_by(request), now=now, act=act)
        except Refusal as refused:
            refusal = refused
        except NotAgreed:
            refusal = changed_since()
        else:
            messages.success(request, cancelled_words(cancelled, request.user, now))
            return redirect("bookings")
    can_cancel = can_be_cancelled(found, now)
    loss = loss_of(found, request.user, now) if can_cancel else None
    context = {
        "section": "bookings",
        "booking": found,
        "intervals": intervals_of(found),
        "refusal": refusal,
        "can_cancel": can_cancel,
        "can_give_back": found.can_be_given_back(now),
        "closed": closed_words(found, now),
        "loss": loss,
        "agreed": of_loss(loss).code if loss else "",
        "price": price_of(found, now) if loss else None,
    }
    return render(request, "bookings/cancel.html", context, status=CONFLICT if refusal else 200)
