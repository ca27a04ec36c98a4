"""The tables of a draft: prices and bands of a category, off-peak hours, passes."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.forms.drafts import OffPeakForm, PassOfferForm
from billing.forms.tables import BandsForm, PricesForm
from billing.grids.editing import (
    add_off_peak,
    remove,
    write_bands,
    write_pass_offer,
    write_prices,
)
from billing.grids.oddities import oddities
from billing.grids.tables import table_now
from billing.models import TariffGrid
from billing.views.adopters import for_drafters
from billing.views.drafts import draft_of, step_page
from billing.views.saving import GET_OR_POST, is_saved
from billing.views.tariffs import asked_group
from network.errors import Refusal
from network.views.person import person_of
from network.views.typed import UP, entries
from sites.models import Site

#: The page of rows that are added and removed.
ROWS = "billing/grid_rows.html"


def category_of(word: str) -> Site.Category:
    """Return the category of sites that an address names. Raises Http404."""
    if word not in Site.Category.values:
        raise Http404
    return Site.Category(word)


@for_drafters
@require_http_methods(GET_OR_POST)
def draft_prices(request: HttpRequest, pk: int, category: str) -> HttpResponse:
    """Write what one category of site asks one customer group."""
    found, group = draft_of(request, pk), asked_group(request)
    by = person_of(request)
    form = PricesForm(entries(request), grid=found, category=category_of(category), group=group)
    if is_saved(request, form, lambda: write_prices(grid=found, table=form.table, by=by)):
        messages.success(request, _("The prices are saved."))
        return redirect(request.get_full_path())
    every = oddities(table_now(found.pk).prices)
    odd = [one for one in every if one.concerns(category, group)]
    told = {"group": group, "category": form.category, "odd": odd}
    return step_page(request, "billing/grid_prices.html", found, form, **told)


@for_drafters
@require_http_methods(GET_OR_POST)
def draft_bands(request: HttpRequest, pk: int, category: str) -> HttpResponse:
    """Write how far sites of a category may go from the grid."""
    found, sites = draft_of(request, pk), category_of(category)
    by = person_of(request)
    form = BandsForm(entries(request), grid=found, category=sites)
    if is_saved(
        request, form, lambda: write_bands(grid=found, category=sites, widths=form.widths, by=by)
    ):
        messages.success(request, _("The bands are saved."))
        return redirect(request.get_full_path())
    return step_page(request, "billing/grid_bands.html", found, form, category=sites)


@for_drafters
@require_http_methods(GET_OR_POST)
def draft_off_peak(request: HttpRequest, pk: int) -> HttpResponse:
    """List the hours off peak of a draft, and add some."""
    found, by = draft_of(request, pk), person_of(request)
    form = OffPeakForm(entries(request))
    if is_saved(request, form, lambda: add_off_peak(grid=found, hours=form.hours, by=by)):
        messages.success(request, _("The hours are added."))
        return redirect(request.path)
    rows = found.offpeaks.order_by("kind", "weekday", "starts_at")
    return step_page(request, ROWS, found, form, rows=rows, what="off-peak")


@for_drafters
@require_http_methods(GET_OR_POST)
def draft_passes(request: HttpRequest, pk: int) -> HttpResponse:
    """List the passes of a draft, and add one."""
    return pass_page(request, draft_of(request, pk), PassOfferForm(entries(request)))


@for_drafters
@require_http_methods(GET_OR_POST)
def draft_pass(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Change a pass of a draft."""
    found = draft_of(request, pk)
    row = get_object_or_404(found.passoffers, pk=offer)
    return pass_page(request, found, PassOfferForm(entries(request), instance=row))


def pass_page(request: HttpRequest, grid: TariffGrid, form: PassOfferForm) -> HttpResponse:
    """Show the form of a pass beside those of the draft; sent, save it."""
    by = person_of(request)
    if is_saved(request, form, lambda: write_pass_offer(grid=grid, offer=form.instance, by=by)):
        messages.success(request, _("The pass is saved."))
        return redirect("grid-passes", grid.pk)
    rows = grid.passoffers.order_by("kind", "price_cents", "pk")
    told = {"rows": rows, "what": "passes", "is_change": form.instance.pk is not None}
    return step_page(request, ROWS, grid, form, **told)


@partial(for_drafters, back=UP)
@require_POST
def remove_rows(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Take the row that was pressed, off-peak hours or a pass, out of a draft."""
    found = draft_of(request, pk)
    parts: dict[str, QuerySet[Any]] = {
        "off-peak": found.offpeaks.all(),
        "passes": found.passoffers.all(),
    }
    if what not in parts:
        raise Http404
    key = request.POST.get("row", "")
    try:
        remove(
            grid=found,
            rows=parts[what].filter(pk=int(key) if key.isdecimal() else 0),
            by=person_of(request),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("It is removed."))
    return redirect(f"grid-{what}", pk)
