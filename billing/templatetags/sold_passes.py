"""Passes that an operator sold, in tables."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.models import Pass, Transfer
from billing.passes.holding import Held
from billing.templatetags.passes import left_words
from network.templatetags.dates import date_words, moment_words
from network.templatetags.money import MINUS
from network.ways import Step, step, way
from sites.templatetags.told import marked

register = template.Library()


@register.simple_tag
def way_to_sold_passes(page: str = "") -> list[Step]:
    """Return the breadcrumb of the pages of passes that one's operators sold."""
    prices = step(_("Prices of my sites"), "local-prices")
    if not page:
        return way(prices, here=_("Passes sold"))
    return way(prices, step(_("Passes sold"), "sold-passes"), here=page)


@register.filter
def holder(row: Pass) -> str:
    """Return who holds a pass: by name, or by address where none is known."""
    assert row.person is not None
    return row.person.name or row.person.email


@register.simple_tag
def sold_table(passes: Iterable[Held]) -> dict[str, Any]:
    """Return columns and rows: whose, which pass, what is left, until when, correcting it."""
    names = (_("Person"), _("E-mail"), _("Pass"), _("Half-days"), _("Last day"), _("Change"))
    return {"columns": [{"text": one} for one in names], "rows": [sold_row(one) for one in passes]}


def sold_row(one: Held) -> list[dict[str, Any]]:
    """Return the cells of one pass."""
    row = one.row
    assert row.person is not None
    return [
        {"text": holder(row), "is_own": True},
        {"text": row.person.email},
        {"text": marked(row.told_name)},
        {"text": left_words(one)},
        {"text": date_words(row.last_on)},
        {"text": _("Correct"), "href": reverse("sold-pass", args=[row.pk]), "about": holder(row)},
    ]


@register.simple_tag
def correction_table(rows: Iterable[Transfer], account: int) -> dict[str, Any]:
    """Return columns and rows of what was corrected of the pass with that account."""
    columns: list[dict[str, Any]] = [{"text": _("Date")}, {"text": _("Why")}]
    columns.append({"text": _("Half-days"), "is_numeric": True})
    return {"columns": columns, "rows": [correction_row(one, account) for one in rows]}


def correction_row(row: Transfer, account: int) -> list[dict[str, Any]]:
    """Return the cells of one correction."""
    sign = "+" if row.target_id == account else MINUS
    return [
        {"text": moment_words(row.made_at)},
        {"text": row.words, "is_own": True},
        {"text": f"{sign}{row.amount}", "is_numeric": True},
    ]
