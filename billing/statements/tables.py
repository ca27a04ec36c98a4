"""A statement as a table for spreadsheets: a row a line, amounts as numbers."""

from collections.abc import Iterator
from operator import itemgetter

from django.http import HttpResponse
from django.utils.translation import gettext as _

from billing.exports import amount, csv_answer
from billing.models import Charge
from billing.statements.corrections import Correction
from billing.statements.links import number_of
from billing.statements.parties import Party
from billing.statements.reading import Statement, written_on
from billing.statements.telling import (
    correction_words,
    counted,
    is_counted,
    line_words,
    month_words,
    quantity,
    rate_words,
    whose_head,
    whose_words,
)

#: Of what is no sale: unit price, VAT, without VAT, tax, VAT included.
NO_AMOUNTS = 5


def table(statement: Statement, name: str) -> HttpResponse:
    """Return the lines of a statement as a file to save, corrections of passes between them.

    Its last column says what it is not.
    """
    party, whose = statement.party, whose_head(statement.party)
    heads = [
        *(_("Date"), _("What for"), _("Reference"), *([whose] if whose else [])),
        *(_("Site"), _("Issuer"), _("Customer group"), _("Quantity"), _("Unit price"), _("VAT")),
        *(_("Without VAT"), _("Tax"), _("VAT included"), _("Statement, not an invoice")),
    ]
    month = month_words(statement.month)
    lines = [
        (line.made_at, [*what_cells(line, party), *price_cells(line, net, party), month])
        for line, net in zip(statement.lines, statement.nets, strict=True)
    ]
    corrections = [
        (one.row.made_at, [*correction_cells(one, shows=bool(whose)), month])
        for one in statement.corrections
    ]
    rows = sorted([*lines, *corrections], key=itemgetter(0))
    return csv_answer(name, heads, [cells for _made_at, cells in rows])


def what_cells(line: Charge, party: Party) -> Iterator[str]:
    """Yield what a line is for; whose it is if the reader must know."""
    yield written_on(line).isoformat()
    yield line_words(line, party)
    yield number_of(line)
    if whose_head(party):
        yield whose_words(line, party)
    yield line.site.name if line.site else ""
    yield line.operator.name
    yield line.get_group_display()


def price_cells(line: Charge, net_cents: int, party: Party) -> Iterator[str]:
    """Yield how much of what at which price, and the amounts."""
    has_count = is_counted(line, party)
    yield quantity(counted(line)) if has_count else ""
    yield amount(line.unit_price_cents) if has_count else ""
    yield rate_words(line.vat_regime, line.vat_rate)
    for cents in (net_cents, line.amount_cents - net_cents, line.amount_cents):
        yield amount(cents)


def correction_cells(one: Correction, *, shows: bool) -> Iterator[str]:
    """Yield when which pass was corrected and why, its number, and its half-days; no amounts."""
    yield written_on(one.row).isoformat()
    yield correction_words(one)
    yield str(one.of_pass.pk)
    if shows:
        yield str(one.of_pass.person or _("Account closed"))
    yield from ("", one.of_pass.operator.name, "")
    yield str(one.half_days)
    yield from [""] * NO_AMOUNTS
