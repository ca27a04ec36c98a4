"""Setting one price of a site, and going back to the grid's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.forms.local_prices import LocalPriceForm, WithdrawalForm
from billing.grids.bands import Margins
from billing.grids.setting import (
    Asked,
    first_day,
    set_local_price,
    withdraw_local_price,
)
from billing.grids.site_prices import Offer, offers
from billing.grids.tables import Key, table_of
from billing.models import TariffGrid
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.views.local_prices import run_site
from network.errors import Refusal
from network.views.person import person_of
from network.views.typed import entries, sign_in_first
from sites.models import Site, Space

CONFLICT = 409


@dataclass(frozen=True)
class Ware:
    """What a price is set of at a site, as an address names it, and what the site asks today."""

    site: Site
    kind: Space.Kind
    duration: Duration
    group: Group
    offer: Offer
    now: datetime

    @property
    def today(self) -> date:
        """Return the day by the site's clocks."""
        return self.now.astimezone(self.site.zone).date()

    @property
    def first_day(self) -> date:
        """Return the first day on which a price may begin."""
        return first_day(self.site, self.now)

    @property
    def address(self) -> str:
        """Return the page of the site's prices for this group."""
        return f"{reverse('site-prices', args=[self.site.slug])}?group={self.group}"

    def asked(self, day: date, price: Price) -> Asked:
        """Return the wish to ask so many cents from a day on."""
        return Asked(
            site=self.site,
            kind=self.kind,
            duration=self.duration,
            group=self.group,
            price_cents=price.peak,
            off_peak_cents=None if price.off_peak == price.peak else price.off_peak,
            starts_on=day,
        )


WareView = Callable[[HttpRequest, Ware], HttpResponse]


def of_ware(view: WareView) -> Callable[..., HttpResponse]:
    """Tell a view of which price an address is, for who runs the site. Raises Http404."""

    @wraps(view)
    def found(
        request: HttpRequest, slug: str, kind: str, duration: str, group: str
    ) -> HttpResponse:
        site, now = run_site(request, slug), timezone.now()
        return view(request, ware_of(site, (kind, duration, group), now))

    return never_cache(sign_in_first(require_http_methods(["GET", "HEAD", "POST"])(found)))


def ware_of(site: Site, key: Key, now: datetime) -> Ware:
    """Return what a key names of what the grid in force has and the site sells. Raises Http404."""
    kind, duration, group = key
    today = now.astimezone(site.zone).date()
    grid = TariffGrid.objects.in_force(today)
    if grid is None or group not in Group.values:
        raise Http404
    for offer in offers(site, grid, Group(group), today):
        if (offer.kind, offer.duration) == (kind, duration):
            return Ware(site, offer.kind, offer.duration, Group(group), offer, now)
    raise Http404


@of_ware
def set_price(request: HttpRequest, ware: Ware) -> HttpResponse:
    """Ask what the site wants from when on, and set it within the band."""
    form = LocalPriceForm(entries(request), price=ware.offer.full, first_day=ware.first_day)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        calm = told["price"] if told["off_peak"] is None else told["off_peak"]
        asked = ware.asked(told["starts_on"], Price(told["price"], calm))
        try:
            set_local_price(asked=asked, by=person_of(request), now=ware.now)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The price is set."))
            return redirect(ware.address)
    context = {"section": "local-prices", "ware": ware, "form": form, "coming": coming_of(ware)}
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "billing/set_price.html", context, status=status)


def coming_of(ware: Ware) -> list[tuple[TariffGrid, Price | None, Margins | None]]:
    """Return each grid to come with its price and what it allows; None where it has no such."""
    key = (ware.site.category, ware.kind, ware.duration, ware.group)
    coming = [(grid, table_of(grid.pk)) for grid in TariffGrid.objects.to_come(ware.today)]
    return [(grid, table.prices.get(key), table.margins.get(key)) for grid, table in coming]


@of_ware
def withdraw_price(request: HttpRequest, ware: Ware) -> HttpResponse:
    """Ask from when on the site goes back to the grid's price, and do it."""
    form = WithdrawalForm(entries(request), first_day=ware.first_day)
    if request.method == "POST" and form.is_valid():
        asked = ware.asked(form.cleaned_data["starts_on"], ware.offer.grid)
        try:
            withdraw_local_price(asked=asked, by=person_of(request), now=ware.now)
        except Refusal as refusal:
            form.add_error("starts_on", str(refusal.message))
        else:
            messages.success(request, _("The site goes back to the grid’s price."))
            return redirect(ware.address)
    status = CONFLICT if request.method == "POST" else 200
    context = {"section": "local-prices", "ware": ware, "form": form}
    return render(request, "billing/withdraw_price.html", context, status=status)
