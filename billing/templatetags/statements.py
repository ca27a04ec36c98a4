"""Statements as tables of a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.text import capfirst

from billing.models import Charge
from billing.statements.links import ways_of
from billing.statements.months import Month
from billing.statements.reading import Statement
from billing.statements.sheets import sheet
from billing.statements.telling import month_words, rate_words
from network.models import User

register = template.Library()
register.filter("month_words", month_words)


@register.simple_tag
def vat_words(regime: str, rate: int) -> str:
    """Return "20 %", or by which article there is no tax."""
    return rate_words(regime, rate)


@register.filter
def as_sheet(statement: Statement) -> dict[str, Any]:
    """Return what a statement says."""
    return sheet(statement)


@register.filter
def cells(table: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of a table of words as cells."""
    return [
        [
            {"text": text, "is_numeric": column["is_numeric"]}
            for text, column in zip(row, table["columns"], strict=True)
        ]
        for row in table["rows"]
    ]


@register.simple_tag
def line_cells(
    table: Mapping[str, Any], lines: Sequence[Charge], reader: User
) -> list[list[dict[str, Any]]]:
    """Return the lines as cells, with the way to what each is for where the reader may look."""
    rows = cells(table)
    for row, line, href in zip(rows, lines, ways_of(lines, reader), strict=True):
        # Of a pass its number: links of one name would lead to two addresses.
        row[1] |= {"href": href, "about": line.subject.rpartition(":")[2]}
        for cell in (row[0], *row[3:]):
            cell["is_whole"] = True
    return rows


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
