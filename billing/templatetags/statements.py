"""Statements as tables of a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from billing.models import Charge
from billing.statements.links import number_of, ways_of
from billing.statements.months import Month
from billing.statements.reading import Statement
from billing.statements.sheets import sheet
from billing.statements.telling import month_words, rate_words
from network.models import User
from network.templatetags.money import money

register = template.Library()
register.filter("month_words", month_words)


@register.simple_tag
def vat_words(regime: str, rate: int) -> str:
    """Return "20 %", or by which article there is no tax."""
    return rate_words(regime, rate)


@register.filter
def owed_words(cents: int) -> str:
    """Return what somebody owes in all, on every month; below zero what is in their favour."""
    if cents < 0:
        return _("In your favour in all: %(amount)s") % {"amount": money(-cents)}
    return _("Owed in all: %(amount)s") % {"amount": money(cents)}


@register.filter
def as_sheet(statement: Statement) -> dict[str, Any]:
    """Return what a statement says."""
    return sheet(statement)


@register.filter
def cells(table: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of a table of words as cells."""
    return [row_cells(row, table["columns"]) for row in table["rows"]]


def row_cells(row: Sequence[str], columns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a row of words as cells: what is no number holds somebody's name."""
    beside = [(text, column["is_numeric"]) for text, column in zip(row, columns, strict=True)]
    return [{"text": text, "is_numeric": number, "is_name": not number} for text, number in beside]


@register.simple_tag
def line_cells(
    table: Mapping[str, Any], lines: Sequence[Charge], reader: User
) -> list[dict[str, Any]]:
    """Return the days of lines as cells, with the way to what each is for where one may look."""
    told = iter(zip(lines, ways_of(lines, reader), strict=True))
    columns = table["columns"]
    return [
        group | {"rows": [line_row(row_cells(row, columns), *next(told)) for row in group["rows"]]}
        for group in table["groups"]
    ]


def line_row(row: list[dict[str, Any]], line: Charge, href: str) -> list[dict[str, Any]]:
    """Return the cells of a line with the way to what it is for."""
    # Of a pass its number: links of one name would lead to two addresses.
    row[0] |= {"href": href, "about": number_of(line)}
    row[-1]["is_whole"] = True
    return row


@register.simple_tag
def own_months(months: Sequence[Month]) -> list[dict[str, str]]:
    """Return the links to one's own statements."""
    return [month_link(one, reverse("own-statement", args=[str(one)])) for one in months]


@register.simple_tag
def months_of_side(pk: int, side: str, months: Sequence[Month]) -> list[dict[str, str]]:
    """Return the links to the statements of one side of an organisation."""
    return [month_link(one, reverse("statement", args=[pk, side, str(one)])) for one in months]


def month_link(month: Month, href: str) -> dict[str, str]:
    """Return a link that begins its line with the month."""
    return {"text": capfirst(month_words(month)), "href": href}
