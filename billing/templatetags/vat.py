"""Regimes of VAT, in words and tables."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from billing.models import VatRegime
from billing.prices.vat import Regime
from billing.templatetags.statements import vat_words
from network.templatetags.dates import date_words
from network.ways import Step, step, way

register = template.Library()


@register.simple_tag
def way_to_vat(page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages about VAT."""
    return way(step(_("Prices of my sites"), "local-prices"), step(_("VAT"), "vat"), here=page)


@register.filter
def regime_words(row: VatRegime) -> str:
    """Return "Assujetti à la TVA, 20 %", or by which article there is no tax."""
    if row.regime != Regime.TAXABLE:
        return row.get_regime_display()
    return f"{row.get_regime_display()}, {vat_words(row.regime, row.rate)}"


@register.simple_tag
def regime_table(rows: Iterable[VatRegime], current: VatRegime, today: date) -> dict[str, Any]:
    """Return columns and rows: since when, the regime, and whether it holds today."""
    columns = [{"text": _("From")}, {"text": _("Regime")}, {"text": _("Today")}]
    told = [
        [
            {"text": date_words(row.starts_on)},
            {"text": regime_words(row)},
            {"text": state_words(row, current, today)},
        ]
        for row in rows
    ]
    return {"columns": columns, "rows": told}


def state_words(row: VatRegime, current: VatRegime, today: date) -> str:
    """Return whether a regime holds, is to come or is over."""
    if row == current:
        return _("In force")
    return _("To come") if row.starts_on > today else _("No longer in force")
