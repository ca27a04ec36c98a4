"""A statement as the tables that page and paper show: words in rows, sums, notes."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Charge
from billing.statements.reading import Statement, Tax
from billing.statements.telling import line_words, quantity_words, rate_words, title
from network.templatetags.dates import date_words
from network.templatetags.money import money


def sheet(statement: Statement) -> dict[str, Any]:
    """Return all that a statement says, in the reader's language."""
    return {
        "title": title(statement),
        "party": statement.party.name,
        "facts": facts(statement),
        "lines": lines_table(statement),
        "sums": sums(statement),
        "taxes": taxes_table(statement.taxes),
        "notes": notes(statement),
    }


def facts(statement: Statement) -> list[dict[str, str]]:
    """Return whose statement it is, and of which days."""
    month = statement.month
    whose = _("Operator") if statement.party.is_operator else _("Customer")
    days = {"first": date_words(month.first), "last": date_words(month.last)}
    return [
        {"term": whose, "text": statement.party.name},
        {"term": _("Period"), "text": _("%(first)s to %(last)s") % days},
    ]


def lines_table(statement: Statement) -> dict[str, Any]:
    """Return the lines: date, what for, site, quantity and price, amount."""
    heads = (_("Date"), _("What for"), _("Site"), _("Quantity and price"), _("Amount"))
    return {
        "caption": _("Lines of the month"),
        "columns": columns(heads, numeric=2),
        "rows": [line_row(line) for line in statement.lines],
        "empty": _("Nothing this month."),
    }


def line_row(line: Charge) -> list[str]:
    """Return one line in words."""
    site = line.site.name if line.site else line.operator.name
    amount = money(line.amount_cents)
    return [date_words(line.made_at), line_words(line), site, quantity_words(line), amount]


def sums(statement: Statement) -> list[dict[str, str]]:
    """Return what stood before, what the month adds, and what stands at its end."""
    told = [
        (_("Before the month"), statement.before_cents),
        (_("This month, VAT included"), statement.total_cents),
        (_("At the end of the month"), statement.after_cents),
    ]
    return [{"term": term, "text": money(cents)} for term, cents in told]


def taxes_table(taxes: Sequence[Tax]) -> dict[str, Any]:
    """Return how much tax is in it, by issuer and rate."""
    heads = (_("Issuer"), _("VAT"), _("Without VAT"), _("Tax"), _("VAT included"))
    return {
        "caption": _("VAT by issuer and rate"),
        "columns": columns(heads, numeric=3),
        "rows": [tax_row(one) for one in taxes],
    }


def tax_row(one: Tax) -> list[str]:
    """Return the sums of one issuer and rate."""
    amounts = (one.net_cents, one.tax_cents, one.gross_cents)
    return [one.operator, rate_words(one.regime, one.rate), *map(money, amounts)]


def columns(heads: Sequence[str], *, numeric: int) -> list[dict[str, Any]]:
    """Return the heads of a table whose last columns are numbers."""
    last = len(heads) - numeric
    return [{"text": text, "is_numeric": number >= last} for number, text in enumerate(heads)]


def notes(statement: Statement) -> list[str]:
    """Return what a statement is not, and what passes cover."""
    told = [_("This statement is not an invoice. Prices include VAT.")]
    if any(line.spent_pass_id for line in statement.lines):
        told.append(_("What a pass covers was paid with the pass: its line is zero."))
    return told
