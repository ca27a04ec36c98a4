"""Passes on offer, and buying one on account."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms.passes import PurchaseForm, SellerForm
from billing.models import Pass, PassOffer, TariffGrid, VatRegime
from billing.passes.buying import buy_pass
from billing.passes.validity import last_day
from billing.passes.worth import worth
from network.errors import Refusal
from network.views.person import person_of
from network.views.typed import sign_in_first
from sites.models import Site

CONFLICT = 409


@require_safe
def passes(request: HttpRequest) -> HttpResponse:
    """List the passes of the grid in force: public."""
    grid = TariffGrid.objects.in_force(timezone.localdate())
    offers = PassOffer.objects.filter(grid=grid).order_by("kind", "price_cents", "pk")
    return render(request, "billing/passes.html", {"section": "tariffs", "offers": list(offers)})


@never_cache
@sign_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask at which site, show what is about to be bought, and buy it, once however often sent."""
    offer = offer_of(pk)
    if request.method != "POST":
        form = SellerForm(request.GET if "site" in request.GET else None, offer=offer)
        return check(request, offer, form)
    form = PurchaseForm(request.POST, offer=offer)
    if not form.is_valid():
        return check(request, offer, form)
    try:
        bought = bought_by(request, offer, form)
    except Refusal as refusal:
        return check(request, offer, form, refusal)
    messages.success(request, _("The pass is yours: it holds from now on."))
    return redirect("pass", bought.pk)


def offer_of(pk: int) -> PassOffer:
    """Return a pass of an adopted grid. Raises Http404."""
    adopted = TariffGrid.objects.adopted().values("pk")
    return get_object_or_404(PassOffer.objects.select_related("grid"), pk=pk, grid__in=adopted)


def bought_by(request: HttpRequest, offer: PassOffer, form: PurchaseForm) -> Pass:
    """Buy the pass. Raises a Refusal."""
    return buy_pass(
        offer=offer,
        site=form.cleaned_data["site"],
        by=person_of(request),
        now=timezone.now(),
        key=form.cleaned_data["key"],
    )


def sold_from(offer: PassOffer, site: Site | None) -> date | None:
    """Return the day from which on a pass is sold, by the site's clocks; None once it is."""
    today = timezone.localdate(timezone=site.zone if site else None)
    first = offer.grid.in_force_from
    return first if first and first > today else None


def check(
    request: HttpRequest, offer: PassOffer, form: SellerForm, refused: Refusal | None = None
) -> HttpResponse:
    """Show what would be bought: price, seller, tax, until when; and why not, if it was refused."""
    site: Site | None = form.cleaned_data.get("site") if form.is_bound and form.is_valid() else None
    context = {
        "section": "tariffs",
        "offer": offer,
        "form": form,
        "site": site,
        "only_site": site if offer.is_of_one_site else None,
        "refused": refused,
        "sold_from": sold_from(offer, site),
        "key": uuid.uuid4(),
    }
    if site:
        today = timezone.now().astimezone(site.zone).date()
        context["vat"] = VatRegime.objects.of(site.operator, today)
        context["last_on"] = last_day(today, offer.valid_months)
        context["worth"] = worth(offer, site, person_of(request), timezone.now())
    status = CONFLICT if refused else 200
    return render(request, "billing/pass_buy.html", context, status=status)
