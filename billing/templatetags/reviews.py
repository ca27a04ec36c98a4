"""Conformity and dispersion of prices, as tables for pages and files."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.grids.conformity import Finding
from billing.grids.dispersion import Spread
from billing.grids.reviewing import Dispersed, Reviewed
from billing.models import TariffGrid
from billing.prices.cheapest import Price
from network.templatetags.dates import date_words
from network.templatetags.money import money

register = template.Library()
#: A cell of what is charged.
CHARGED: dict[str, Any] = {"is_numeric": True}


@register.simple_tag
def conformity_table(rows: Iterable[Reviewed], coming: Sequence[TariffGrid]) -> dict[str, Any]:
    """Return columns and rows of own prices beside the grid in force, and each one to come."""
    columns = conformity_columns(_("Grid in force"), coming)
    return {"columns": columns, "rows": [conformity_row(one) for one in rows]}


@register.simple_tag
def held_table(rows: Iterable[Reviewed]) -> dict[str, Any]:
    """Return columns and rows of own prices that a grid to come holds to its bands."""
    columns = conformity_columns(_("With this grid"))
    return {"columns": columns, "rows": [conformity_row(one) for one in rows]}


@register.filter
def held_count_words(rows: Sequence[Reviewed]) -> str:
    """Return how many own prices a grid to come holds to its bands."""
    words = ngettext(
        "%(count)s own price of a site lies outside the bands of this grid",
        "%(count)s own prices of sites lie outside the bands of this grid",
        len(rows),
    )
    return words % {"count": len(rows)}


def conformity_columns(grid: str, coming: Iterable[TariffGrid] = ()) -> list[dict[str, Any]]:
    """Return what is told of each price, beside a grid and those after it."""
    columns: list[dict[str, Any]] = [
        {"text": _("Site")},
        {"text": _("Price of")},
        {"text": _("From")},
        {"text": _("The site asks"), "is_numeric": True},
        {"text": grid},
        CHARGED | {"text": _("Charged")},
    ]
    for one in coming:
        columns += [{"text": coming_words(one)}, CHARGED | {"text": _("Charged then")}]
    return columns


def coming_words(grid: TariffGrid) -> str:
    """Return "Grille à partir du 1ᵉʳ janvier 2027"."""
    return _("Grid from %(day)s") % {"day": date_words(grid.in_force_from)}


@register.simple_tag
def held_against(grid: TariffGrid, today: date) -> str:
    """Return which grid prices are held against: the one in force, or one to come with its day."""
    return _("Grid in force") if grid.in_force_from <= today else coming_words(grid)


def conformity_row(one: Reviewed) -> list[dict[str, Any]]:
    """Return the cells of one price."""
    row = one.row
    cells: list[dict[str, Any]] = [
        {"text": row.site.name, "is_own": True},
        {"text": ", ".join(row.ware_words)},
        {"text": date_words(row.starts_on)},
        {"text": money(row.price_cents), "is_numeric": True},
        *finding_cells(one.now),
    ]
    for _first, found in one.later:
        cells += finding_cells(found)
    return cells


def finding_cells(found: Finding | None) -> list[dict[str, Any]]:
    """Return whether a grid allows a price, and what is charged."""
    charged = pair_words(found.charged) if found and found.charged else "–"
    return [finding_cell(found), CHARGED | {"text": charged}]


def finding_cell(found: Finding | None) -> dict[str, Any]:
    """Return whether a grid allows a price, and by how much it lies outside."""
    if found is None:
        return {"text": "–"}
    if found.margins is None:
        return {"text": _("the grid has no such price"), "chip": "alert"}
    if found.conforms:
        return {"text": _("within the band"), "chip": "free"}
    words = _("%(amount)s below the band") if found.off_by < 0 else _("%(amount)s above the band")
    return {"text": words % {"amount": money(abs(found.off_by))}, "chip": "alert"}


def pair_words(price: Price) -> str:
    """Return both amounts of a price, one where they are the same."""
    if price.off_peak == price.peak:
        return money(price.peak)
    told = {"price": money(price.peak), "calm": money(price.off_peak)}
    return _("%(price)s, %(calm)s off peak") % told


@register.simple_tag
def conformity_words(outside: int, total: int) -> str:
    """Return how many prices lie outside a band of one grid."""
    if not total:
        return _("No own price meets this grid.")
    if not outside:
        return _("All prices lie within their bands.")
    words = ngettext(
        "%(outside)s price of %(total)s lies outside its band.",
        "%(outside)s prices of %(total)s lie outside their bands.",
        outside,
    )
    return words % {"outside": outside, "total": total}


@register.simple_tag
def dispersion_table(found: Dispersed) -> dict[str, Any]:
    """Return columns and rows: the network, then each département, then each EPCI."""
    return {"columns": dispersion_columns(), "rows": dispersion_lines(found)}


@register.simple_tag
def dispersion_columns() -> list[dict[str, Any]]:
    """Return what is told of each territory."""
    numbers = (_("Sites"), _("Lowest"), _("Median"), _("Highest"))
    return [
        {"text": _("Territory")},
        {"text": _("Level")},
        *({"text": one, "is_numeric": True} for one in numbers),
        {"text": _("Gap")},
    ]


def dispersion_lines(found: Dispersed) -> list[list[dict[str, Any]]]:
    """Return the cells of each territory."""
    levels = ((_("Département"), found.departements), (_("EPCI"), found.epcis))
    every = [spread_row(_("The whole network"), _("Network"), found.every)]
    return every + [
        spread_row(place.name, level, one)
        for level, spreads in levels
        for place, one in spreads.items()
    ]


def spread_row(name: str, level: str, found: Spread) -> list[dict[str, Any]]:
    """Return the cells of one territory."""
    cents = (found.least, found.median, found.most)
    return [
        {"text": name, "is_own": True},
        {"text": level},
        {"text": str(found.sites), "is_numeric": True},
        *({"text": money(one), "is_numeric": True} for one in cents),
        {"text": gap_words(found)},
    ]


def gap_words(found: Spread) -> str:
    """Return how far the prices lie apart, or that they are equal."""
    if found.sites == 1:
        return _("one site")
    return _("same price everywhere") if found.is_equal else money(found.most - found.least)


@register.simple_tag
def review_choices(found: Any, chosen: Any, name: str, other: Any) -> list[dict[str, Any]]:
    """Return the links to the dispersion of each kind or duration, the other choice as it is."""
    rest = "duration" if name == "kind" else "kind"
    address = reverse("dispersion")
    return [
        {
            "text": one.label,
            "href": f"{address}?{urlencode({name: one.value, rest: other.value})}",
            "is_chosen": one == chosen,
        }
        for one in found
    ]
