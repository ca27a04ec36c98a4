"""Subscriptions of who pays them or has a seat: looked at, their seats changed, ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.drafts import ConfirmForm
from billing.models import Charge
from billing.views.saving import GET_OR_POST, answer, is_saved, is_sent
from network.views.person import person_of
from network.views.typed import entries, sign_in_first
from subscriptions.forms.taking import EndForm, SeatsForm
from subscriptions.models import Subscription
from subscriptions.months.counting import seats_now
from subscriptions.taking.changing import change_of, change_seats
from subscriptions.taking.ending import booked_after, earliest_end, end_subscription, go_on
from subscriptions.taking.showing import paid_by, seats_of, with_terms
from subscriptions.views.managing import for_planners

SECTION = "subscriptions"
PER_PAGE = 30


@never_cache
@sign_in_first
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the seats that a person has, what is left of each, and what they pay."""
    by = person_of(request)
    context = {
        "section": SECTION,
        "seats": seats_of(by, timezone.now()),
        "paid": list(paid_by(by)),
        "today": timezone.localdate(),
    }
    return render(request, "subscriptions/mine.html", context)


def found(request: HttpRequest, pk: int) -> Subscription:
    """Return a subscription that the person pays, or whose employer they run. Raises Http404."""
    return get_object_or_404(paid_by(person_of(request)), pk=pk)


@never_cache
@sign_in_first
@require_safe
def subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a subscription: its terms, its seats, what it cost, what can be done."""
    one, today = found(request, pk), timezone.localdate()
    lines = Charge.objects.of_subject(one.subject).order_by("-pk")
    context = {
        "section": SECTION,
        "subscription": one,
        "is_over": one.is_over(today),
        "seats": seats_now(one, today),
        "planned": [row for row in one.seat_counts.all() if row.from_day > today],
        "lines": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "subscriptions/subscription.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how many seats there are to be, show what that comes to, and have it so."""
    one, today = found(request, pk), timezone.localdate()
    asked = request.GET if "seats" in request.GET else None
    form = SeatsForm(entries(request) if is_sent(request) else asked)

    def write() -> None:
        change_seats(
            subscription=one,
            seats=form.cleaned_data["seats"],
            by=person_of(request),
            now=timezone.now(),
        )

    if is_saved(request, form, write):
        messages.success(request, _("The number of seats is changed."))
        return redirect("subscription", pk)
    context = {
        "section": SECTION,
        "subscription": one,
        "form": form,
        "seats": seats_now(one, today),
    }
    if form.is_bound and form.is_valid():
        context["change"] = change_of(one, form.cleaned_data["seats"], today)
    return answer(request, "subscriptions/seats.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask with which month a subscription ends, and have it end."""
    one = found(request, pk)
    soonest = earliest_end(one, timezone.localdate())
    form = EndForm(entries(request), soonest=soonest)

    def write() -> None:
        end_subscription(
            subscription=one,
            ends_on=form.cleaned_data["ends_on"],
            by=person_of(request),
            now=timezone.now(),
        )

    if is_saved(request, form, write):
        messages.success(request, _("The subscription ends with that day. You are told by e-mail."))
        return redirect("subscription", pk)
    context = {
        "section": SECTION,
        "subscription": one,
        "form": form,
        "soonest": soonest,
        "booked": booked_after(one, soonest),
    }
    return answer(request, "subscriptions/end.html", context)


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a subscription is to go on after all, and have it go on."""
    one, form = found(request, pk), ConfirmForm(entries(request))

    def write() -> None:
        go_on(subscription=one, by=person_of(request), now=timezone.now())

    if is_saved(request, form, write):
        messages.success(request, _("The subscription goes on, in its terms."))
        return redirect("subscription", pk)
    context = {"section": SECTION, "subscription": one, "form": form}
    return answer(request, "subscriptions/go_on.html", context)


@for_planners
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """List all subscriptions, for the network team."""
    rows = with_terms(Subscription.objects.all())
    context = {
        "section": "manage-plans",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "subscriptions/every.html", context)
