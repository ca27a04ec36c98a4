"""A statement as the tables that page and paper show: words in rows, sums, notes."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Charge
from billing.statements.corrections import Correction
from billing.statements.links import is_of_pass
from billing.statements.parties import Party
from billing.statements.reading import Statement, Tax, total, written_on
from billing.statements.telling import (
    correction_words,
    line_words,
    quantity_words,
    rate_words,
    title,
    whose_head,
    whose_words,
)
from network.templatetags.dates import date_words
from network.templatetags.money import MINUS, money


def sheet(statement: Statement, lines: Sequence[Charge] | None = None) -> dict[str, Any]:
    """Return all that a statement says, of all its lines or some, in the reader's language."""
    return {
        "title": title(statement),
        "party": statement.party.name,
        "facts": facts(statement),
        "lines": lines_table(statement, statement.lines if lines is None else lines),
        "sums": sums(statement),
        "corrections": corrections_table(statement),
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


def lines_table(statement: Statement, lines: Sequence[Charge]) -> dict[str, Any]:
    """Return some of the lines by days: what for, whose if that is told, where, how much."""
    whose = whose_head(statement.party)
    heads = [
        *(_("What for"), *([whose] if whose else [])),
        *(_("Site"), _("Quantity and price"), _("Amount")),
    ]
    days = groupby(lines, key=written_on)
    return {
        "caption": _("Lines of the month, by the day of booking, buying or cancelling"),
        "columns": columns(heads, numeric=2),
        "groups": [day_group(statement, day, list(some)) for day, some in days],
        "empty": _("Nothing this month."),
    }


def day_group(statement: Statement, day: date, lines: Sequence[Charge]) -> dict[str, Any]:
    """Return the lines of a day under its date, with what the whole day comes to where it begins.

    `continued` heads them where they run over the end of a sheet.
    """
    of_day, words = statement.days[day], date_words(day)
    is_begun = lines[0] != of_day[0]
    continued = _("%(day)s (continued)") % {"day": words}
    return {
        "text": continued if is_begun else words,
        "continued": continued,
        "sum": "" if is_begun or len(of_day) == 1 else money(total(of_day)),
        "rows": [line_row(line, statement.party) for line in lines],
        "references": [reference(line) for line in lines],
    }


def reference(line: Charge) -> str:
    """Return the reference of the booking that a line is for; nothing of a pass."""
    return "" if is_of_pass(line) else line.subject


def line_row(line: Charge, party: Party) -> list[str]:
    """Return one line in words."""
    whose = [whose_words(line, party)] if whose_head(party) else []
    site = line.site.name if line.site else line.operator.name
    count = quantity_words(line, party)
    return [line_words(line, party), *whose, site, count, money(line.amount_cents)]


def sums(statement: Statement) -> list[dict[str, str]]:
    """Return what stood before, what the month adds, and what stands at its end."""
    told = [
        (_("Before the month"), statement.before_cents),
        (_("This month, VAT included"), statement.total_cents),
        (_("At the end of the month"), statement.after_cents),
    ]
    return [{"term": term, "text": money(cents)} for term, cents in told]


def corrections_table(statement: Statement) -> dict[str, Any]:
    """Return what sellers added to passes or took back: when, why, whose if an operator reads."""
    shows = statement.party.is_operator
    customer = [_("Customer")] if shows else []
    heads = (_("Date"), _("What for"), *customer, _("Half-days"))
    return {
        "caption": _("Corrections of passes, without money"),
        "columns": columns(heads, numeric=1),
        "rows": [correction_row(one, shows=shows) for one in statement.corrections],
    }


def correction_row(one: Correction, *, shows: bool) -> list[str]:
    """Return one correction in words, its half-days with their sign."""
    customer = [str(one.of_pass.person or _("Account closed"))] if shows else []
    half_days = f"{MINUS if one.half_days < 0 else '+'}{abs(one.half_days)}"
    return [date_words(written_on(one.row)), correction_words(one), *customer, half_days]


def taxes_table(taxes: Sequence[Tax]) -> dict[str, Any]:
    """Return how much tax is in it, by issuer and rate; of several, what they come to."""
    heads = (_("Issuer"), _("VAT"), _("Without VAT"), _("Tax"), _("VAT included"))
    return {
        "caption": _("VAT by issuer and rate"),
        "columns": columns(heads, numeric=3),
        "rows": [tax_row(one) for one in taxes] + ([taxes_row(taxes)] if len(taxes) > 1 else []),
    }


def tax_row(one: Tax) -> list[str]:
    """Return the sums of one issuer and rate."""
    return [one.operator, rate_words(one.regime, one.rate), *map(money, one.amounts)]


def taxes_row(taxes: Sequence[Tax]) -> list[str]:
    """Return what all issuers and rates come to."""
    sums = map(sum, zip(*(one.amounts for one in taxes), strict=True))
    return [_("Total"), "", *map(money, sums)]


def columns(heads: Sequence[str], *, numeric: int) -> list[dict[str, Any]]:
    """Return the heads of a table whose last columns are numbers."""
    last = len(heads) - numeric
    return [{"text": text, "is_numeric": number >= last} for number, text in enumerate(heads)]


def notes(statement: Statement) -> list[str]:
    """Return what a statement is not, what stood before the month, and what passes cover."""
    told = [_("This statement is not an invoice. Prices include VAT.")]
    if statement.before_cents:
        told.append(before_words(statement))
    if any(line.spent_pass_id for line in statement.lines):
        told.append(_("What a pass covers was paid with the pass: its line is zero."))
    return told


def before_words(statement: Statement) -> str:
    """Return what stood before the month."""
    if statement.party.is_operator:
        return _("Before the month: what was earned until then, as the earlier statements tell.")
    return _("Before the month: what was owed until then, as the earlier statements tell.")
