"""Prices in words, and grids as tables."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from billing.grids.showing import Cell, Section
from billing.models import OffPeak, PassOffer, TariffGrid
from billing.prices.groups import Group
from network.templatetags.dates import clock, hour_range
from network.templatetags.money import money
from sites.clocks import MIDNIGHT
from sites.models import Space
from sites.models.hours import Weekday

register = template.Library()


@register.simple_tag
def grid_title(grid: TariffGrid | None, is_in_force: bool) -> str:  # noqa: FBT001  # a tag's
    """Return the title of a grid's page."""
    return grid.name if grid and not is_in_force else _("Tariffs")


@register.filter
def tariff_columns(section: Section) -> list[dict[str, Any]]:
    """Return the columns of a category's table."""
    kinds = {"text": _("Kind of space")}
    return [kinds, *({"text": one.label, "is_numeric": True} for one in section.durations)]


@register.filter
def tariff_rows(section: Section) -> list[list[dict[str, Any]]]:
    """Return the rows of a category's table: a kind, then its price for each duration."""
    return [
        [{"text": kind.label}, *({"text": cell_words(one), "is_numeric": True} for one in cells)]
        for kind, cells in section.kinds.items()
    ]


def cell_words(cell: Cell | None) -> str:
    """Return "3,00 € (2,00 € en heures creuses)", with what sites may ask where they may."""
    if cell is None:
        return "–"
    words = money(cell.price)
    if cell.off_peak is not None and cell.off_peak != cell.price:
        words = _("%(price)s, %(calm)s off peak") % {"price": words, "calm": money(cell.off_peak)}
    if cell.has_band:
        told = {"least": money(cell.within.least), "most": money(cell.within.most)}
        words += " " + _("(sites ask %(least)s to %(most)s)") % told
    return words


@register.simple_tag
def group_choices(grid: TariffGrid, groups: Iterable[Group], chosen: Group) -> list[dict[str, Any]]:
    """Return the links to what each customer group pays."""
    address = reverse("tariff-grid", args=[grid.pk])
    return [
        {
            "text": one.label,
            "href": f"{address}?{urlencode({'group': one.value})}",
            "is_chosen": one == chosen,
        }
        for one in groups
    ]


@register.filter
def off_peak_words(hours: OffPeak) -> str:
    """Return "mardi, 16 h – 24 h (Poste)"."""
    end = clock(24, 0) if hours.ends_at == MIDNIGHT else clock_of(hours.ends_at)
    words = f"{Weekday(hours.weekday).label}, {hour_range(clock_of(hours.starts_at), end)}"
    return f"{words} ({Space.Kind(hours.kind).label})" if hours.kind else words


def clock_of(at: time) -> str:
    """Return a time of day as the reader's language writes it."""
    return clock(at.hour, at.minute)


@register.filter
def pass_words(offer: PassOffer) -> str:
    """Return what a pass holds for: half-days, months, where."""
    words = _("%(half_days)s half-days, valid for %(months)s months") % {
        "half_days": offer.half_days,
        "months": offer.valid_months,
    }
    return f"{words}, {_('at one site')}" if offer.is_of_one_site else words


@register.simple_tag
def way_to_grid(grid: TariffGrid | None, is_in_force: bool) -> list[dict[str, str]]:  # noqa: FBT001  # a tag's
    """Return the breadcrumb of a grid's page."""
    tariffs = {"text": _("Tariffs"), "href": reverse("tariffs")}
    if grid is None or is_in_force:
        return [{"text": _("Tariffs")}]
    return [tariffs, {"text": grid.name}]
