"""A statement as a table for spreadsheets: a row a line, amounts as numbers."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.exports import amount, csv_answer
from billing.models import Charge
from billing.prices.vat import net_cents, tax_cents
from billing.statements.reading import Statement
from billing.statements.telling import counted, line_words, quantity, rate_words


def table(statement: Statement, name: str) -> HttpResponse:
    """Return the lines of a statement as a file to save."""
    heads = [
        *(_("Date"), _("What for"), _("Reference"), _("Site"), _("Issuer"), _("Customer group")),
        *(_("Quantity"), _("Unit price"), _("VAT"), _("Without VAT"), _("Tax"), _("VAT included")),
    ]
    return csv_answer(name, heads, map(list, map(row, statement.lines)))


def row(line: Charge) -> Iterator[str]:
    """Yield the cells of a line."""
    yield timezone.localdate(line.made_at).isoformat()
    yield line_words(line)
    yield line.subject
    yield line.site.name if line.site else ""
    yield line.operator.name
    yield line.get_group_display()
    yield quantity(counted(line)) if line.quantity else ""
    yield amount(line.unit_price_cents) if line.quantity else ""
    yield rate_words(line.vat_regime, line.vat_rate)
    for cents in (net_cents, tax_cents):
        yield amount(cents(line.amount_cents, line.vat_rate))
    yield amount(line.amount_cents)
