"""Setting one price of a site, and going back to the grid's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from billing.forms.local_prices import LocalPriceForm, WithdrawalForm
from billing.grids.setting import (
    Asked,
    first_day,
    set_local_price,
    withdraw_local_price,
    withdraw_planned,
)
from billing.grids.site_prices import Offer, OfGrid, of_grid, offers
from billing.grids.tables import Key
from billing.models import TariffGrid
from billing.prices.cheapest import Price
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.templatetags.local_prices import withdrawn_words
from billing.views.local_prices import run_site
from billing.views.saving import GET_OR_POST
from network.errors import Refusal
from network.views.person import person_of
from network.views.typed import UP, entries, sign_in_first
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

    @property
    def offers(self) -> list[Offer]:
        """Return the price as a list of one."""
        return [self.offer]

    @property
    def coming(self) -> list[OfGrid]:
        """Return what each grid to come says of the price, from its first day on."""
        grids = TariffGrid.objects.to_come(self.today)
        return [of_grid(self.site, self.key, one, one.in_force_from) for one in grids]

    @property
    def key(self) -> Key:
        """Return which of the grid's prices it is."""
        return self.kind, self.duration, self.group

    def said_on(self, day: date) -> OfGrid:
        """Return what the grid in force on a day from today on says of the price."""
        grid = TariffGrid.objects.in_force(day)
        return of_grid(self.site, self.key, grid, day) if grid else OfGrid(day, None, None)

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


def of_ware(
    view: WareView, *, methods: Sequence[str] = GET_OR_POST, back: str = ""
) -> Callable[..., HttpResponse]:
    """Tell a view of which price an address is, for who runs the site. Raises Http404."""

    @wraps(view)
    def found(
        request: HttpRequest, slug: str, kind: str, duration: str, group: str
    ) -> HttpResponse:
        site, now = run_site(request, slug), timezone.now()
        return view(request, ware_of(site, (kind, duration, group), now))

    return never_cache(sign_in_first(require_http_methods([*methods])(found), back=back))


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
    return ware_page(request, "billing/set_price.html", ware, form)


def ware_page(request: HttpRequest, template: str, ware: Ware, form: Form) -> HttpResponse:
    """Show a form beside what the grids say of the price: on the day that was chosen, first."""
    day = form.cleaned_data.get("starts_on") if form.is_bound else None
    context = {
        "section": "local-prices",
        "ware": ware,
        "form": form,
        "chosen": ware.said_on(day) if day else None,
        "coming": ware.coming,
    }
    status = CONFLICT if request.method == "POST" else 200
    return render(request, template, context, status=status)


@of_ware
def withdraw_price(request: HttpRequest, ware: Ware) -> HttpResponse:
    """Ask from when on the site goes back to the grid's price, and do it."""
    form = WithdrawalForm(entries(request), first_day=ware.first_day)
    if request.method == "POST" and form.is_valid():
        said = ware.said_on(form.cleaned_data["starts_on"])
        asked = ware.asked(said.begins, said.price or ware.offer.grid)
        try:
            ended = withdraw_local_price(asked=asked, by=person_of(request), now=ware.now)
        except Refusal as refusal:
            form.add_error("starts_on", str(refusal.message))
        else:
            messages.success(request, withdrawn_words(said, ended))
            return redirect(ware.address)
    return ware_page(request, "billing/withdraw_price.html", ware, form)


@partial(of_ware, methods=["POST"], back=UP)
def drop_planned(request: HttpRequest, ware: Ware) -> HttpResponse:
    """Have what was planned from the day that was pressed on not begin. Raises Http404."""
    by, day = person_of(request), planned_day(request.POST.get("starts_on", ""))
    try:
        withdraw_planned(site=ware.site, key=ware.key, day=day, by=by, now=ware.now)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("It is withdrawn: what held before goes on."))
    return redirect(ware.address)


def planned_day(word: str) -> date:
    """Return the day that a press names. Raises Http404 for what is none."""
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise Http404 from error
