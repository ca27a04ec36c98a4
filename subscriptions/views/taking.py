"""A plan is taken: for whom, how many seats, from when on; what it comes to; then it is taken."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.models import VatRegime
from billing.statements.months import Month
from billing.views.saving import CONFLICT, GET_OR_POST
from network.errors import Refusal
from network.views.person import person_of
from network.views.typed import entries, sign_in_first
from subscriptions.forms.taking import ConfirmSubscribeForm, SubscribeForm
from subscriptions.models import Plan, Subscription
from subscriptions.months.shares import rest_of_month
from subscriptions.taking.mail import opening_of
from subscriptions.taking.subscribing import Wish, subscribe, trial_until


@never_cache
@sign_in_first
@require_http_methods(GET_OR_POST)
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what is wanted of a plan, show what it comes to, take it once however often sent."""
    plan = get_object_or_404(Plan.objects.select_related("seller"), code=code)
    by = person_of(request)
    if request.method != "POST":
        asked = request.GET if "starts_on" in request.GET else None
        return check(request, plan, SubscribeForm(asked, plan=plan, by=by))
    form = ConfirmSubscribeForm(entries(request), plan=plan, by=by)
    if not form.is_valid():
        return check(request, plan, form)
    try:
        made = taken_by(request, form)
    except Refusal as refusal:
        return check(request, plan, form, refusal)
    messages.success(request, opening_of(made))
    return redirect("subscription", made.pk)


def taken_by(request: HttpRequest, form: ConfirmSubscribeForm) -> Subscription:
    """Take what a valid form wants. Raises a Refusal."""
    told = form.cleaned_data
    wish = form.wish(told["version"])
    return subscribe(wish=wish, by=person_of(request), now=timezone.now(), key=told["key"])


def check(
    request: HttpRequest, plan: Plan, form: SubscribeForm, refused: Refusal | None = None
) -> HttpResponse:
    """Show the form; once it is filled in, what it comes to; and why not, if it was refused."""
    today = timezone.localdate()
    is_told = form.is_bound and form.is_valid()
    first = form.cleaned_data["starts_on"] if is_told else today
    version = plan.versions.begun(first).prefetch_related("costs").first()
    context: dict[str, Any] = {
        "section": "tariffs",
        "plan": plan,
        "version": version,
        "form": form,
        "refused": refused,
        "is_on_offer": plan.is_on_offer(today) and version is not None,
    }
    if is_told and version and not refused:
        context |= coming_to(form.wish(version), request)
    return render(request, "subscriptions/take.html", context, status=CONFLICT if refused else 200)


def coming_to(wish: Wish, request: HttpRequest) -> dict[str, Any]:
    """Return what a wish comes to: a month, its first one, tax, what is free."""
    free = trial_until(wish, person_of(request))
    return {
        "wish": wish,
        "key": uuid4(),
        "month_cents": wish.seats * wish.version.price_cents,
        "first_cents": rest_of_month(wish.version.price_cents, wish.seats, wish.starts_on, free),
        "first_month": Month.of(wish.starts_on),
        "trial_until": free,
        "vat": VatRegime.objects.of(wish.version.plan.seller, wish.starts_on),
    }
