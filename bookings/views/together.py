"""Somebody books for an employer's people: a week of them, what it would be, all at once."""

import uuid
from datetime import datetime
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions import cancel
from bookings.charges.agreeing import NotAgreed, as_agreed
from bookings.charges.prices import loss_of
from bookings.charges.promises import of_loss
from bookings.lost import can_be_cancelled
from bookings.models import Booking, BookingQuerySet
from bookings.together.booking import book_together, costing_together, see_together
from bookings.together.grid import PARTS, Grid, grid_in, recent_sites, weeks_ahead
from bookings.views.agreeing import CONFLICT, agreed_by, changed_since
from network.errors import Refusal
from network.models import Organisation
from network.views.person import person_of
from network.views.typed import View, entries, sign_in_first
from sites.models import Space
from subscriptions.assistants import employers_booked_for_by
from subscriptions.people.listing import people_of

GET_OR_POST = ["GET", "HEAD", "POST"]
SECTION = "employer"
PER_PAGE = 50
#: Digits of a total that a page of ours writes.
LONGEST_TOTAL = 9


def for_assistant(view: View) -> View:
    """Let in who books for the people of the employer of the address, and hand it on.

    Nobody else learns whether it exists. Raises Http404.
    """

    @wraps(view)
    def checked(request: HttpRequest, employer: int, **kwargs: Any) -> HttpResponse:
        mine = employers_booked_for_by(person_of(request), timezone.now())
        return view(request, get_object_or_404(mine, pk=employer), **kwargs)

    return never_cache(sign_in_first(checked))


@for_assistant
@require_http_methods(GET_OR_POST)
def grid(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Ask who is to be where on which day of a week; what is sent becomes its address."""
    today = timezone.localdate()
    asked = grid_in(entries(request) or request.GET, employer, today)
    if request.method == "POST":
        return HttpResponseRedirect(address_of(employer, asked))
    there = {one.employee.person_id for one in asked.rows}
    others = [one for one in people_of(employer, today) if one.person_id not in there]
    context = {
        "section": SECTION,
        "employer": employer,
        "grid": asked,
        "others": others,
        "recent": recent_sites(employer),
        "parts": PARTS,
        "kinds": Space.Kind,
        "weeks": weeks_ahead(today),
    }
    return render(request, "bookings/together/grid.html", context)


@for_assistant
@require_http_methods(GET_OR_POST)
def check(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """Show what would be booked and for what, or why not; on confirmation book all of it.

    It is tried and undone, so it is only shown to who sends it; read, it leads to the grid.
    """
    now, refusal = timezone.now(), None
    asked = grid_in(entries(request) or request.GET, employer, timezone.localdate(now))
    asked = asked.having(request.POST.get("instead", ""))
    if request.method == "POST" and not asked.cells:
        messages.error(request, _("Choose a site for somebody on at least one day."))
    if request.method != "POST" or not asked.cells:
        return HttpResponseRedirect(address_of(employer, asked))
    if "book" in request.POST and not asked.strangers:
        try:
            return booked(request, employer, asked, now)
        except Refusal as refused:
            refusal = refused
    return looked_at(request, employer, asked, now, refusal)


def address_of(employer: Organisation, asked: Grid) -> str:
    """Return the address of the grid as it is."""
    return f"{reverse('employer-book', args=[employer.pk])}?{asked.query}"


def booked(
    request: HttpRequest, employer: Organisation, asked: Grid, now: datetime
) -> HttpResponse:
    """Book all cells for no more than was told, once, and show what is booked. Raises a Refusal."""
    cells, by = asked.cells, person_of(request)
    key = request.POST.get("key", "") or str(uuid.uuid4())
    act = partial(book_together, cells=cells, employer=employer, by=by, now=now, key=key)
    costing_together(told_cents=total_in(request.POST.get("total", "")), now=now, act=act)
    words = ngettext(
        "%(count)d place is booked. Its person gets an e-mail.",
        "%(count)d places are booked. Each person gets an e-mail.",
        len(cells),
    )
    messages.success(request, words % {"count": len(cells)})
    return redirect("employer-booked", employer.pk)


def total_in(text: str) -> int:
    """Return the cents that a page told; nothing for what cannot be read."""
    is_read = text.isascii() and text.isdecimal() and len(text) <= LONGEST_TOTAL
    return int(text) if is_read else 0


def looked_at(
    request: HttpRequest,
    employer: Organisation,
    asked: Grid,
    now: datetime,
    refusal: Refusal | None,
) -> HttpResponse:
    """Show what each cell would get, or why not and what else it can."""
    by = person_of(request)
    tried = see_together(cells=asked.cells, employer=employer, by=by, now=now)
    refused = [one for one in tried if one.refusal]
    context = {
        "section": SECTION,
        "employer": employer,
        "grid": asked,
        "fine": [one for one in tried if not one.refusal],
        "refused": refused,
        "can_book": not (refused or asked.strangers),
        "refusal": refusal,
        "total": sum(one.price.cents for one in tried if one.price),
        "key": uuid.uuid4(),
    }
    status = CONFLICT if refusal or asked.strangers else 200
    return render(request, "bookings/together/check.html", context, status=status)


def booked_for_others(employer: Organisation, now: datetime) -> BookingQuerySet:
    """Return what is booked for an employer's people by others, on its account, and not over."""
    rows = Booking.objects.active().upcoming(now).filter(organisation=employer)
    others: BookingQuerySet = rows.exclude(booked_by=F("person"))
    return others.select_related("person", "site__commune", "space")


@for_assistant
@require_safe
def every(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """List what is booked for the employer's people: who, which day, where; no hours, no desks."""
    rows = booked_for_others(employer, timezone.now()).order_by("starts_at", "person__name", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"section": SECTION, "employer": employer, "page": page}
    return render(request, "bookings/together/booked.html", context)


@for_assistant
@require_http_methods(GET_OR_POST)
def give_up(request: HttpRequest, employer: Organisation, reference: str) -> HttpResponse:
    """Ask, then cancel what is booked for one of the employer's people."""
    by, now, refusal = person_of(request), timezone.now(), None
    found = get_object_or_404(booked_for_others(employer, now), reference=reference)
    if request.method == "POST":
        act = partial(cancel, booking=found, by=by, now=now)
        try:
            as_agreed(booking=found, agreed=agreed_by(request), now=now, act=act)
        except Refusal as refused:
            refusal = refused
        except NotAgreed:
            refusal = changed_since()
        else:
            messages.success(request, _("It is cancelled. The person gets an e-mail."))
            return redirect("employer-booked", employer.pk)
    loss = loss_of(found, by, now) if can_be_cancelled(found, now) else None
    context = {
        "section": SECTION,
        "employer": employer,
        "booking": found,
        "refusal": refusal,
        "loss": loss,
        "agreed": of_loss(loss).code if loss else "",
    }
    status = CONFLICT if refusal else 200
    return render(request, "bookings/together/cancel.html", context, status=status)
