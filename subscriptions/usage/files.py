"""A month of an employer as a file to save: for spreadsheets, or as plain text."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from billing.exports import CENTS, amount, csv_answer
from billing.statements.months import Month
from network.models import Organisation
from subscriptions.usage.tables import Line, heads, lines_of, words_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows go to a file of their own as they come; a text is never read as a formula, link or number.
SHEET = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTH = 18


def month_file(employer: Organisation, month: Month, form: str) -> HttpResponse:
    """Return the lines of a month in a form of `FORMS`. Raises KeyError for another one."""
    make = FORMS[form]
    name = f"{pgettext('name of a file', 'usage')}-{month}"
    return make(name, lines_of(employer, month))


def as_csv(name: str, lines: Iterable[Line]) -> HttpResponse:
    """Return lines as plain text."""
    return csv_answer(name, heads(), (csv_row(one) for one in lines))


def csv_row(one: Line) -> list[object]:
    """Return the cells of a line."""
    return [one.on.isoformat(), *words_of(one), one.half_days, amount(one.cents)]


def as_xlsx(name: str, lines: Iterable[Line]) -> HttpResponse:
    """Return lines as a workbook of one sheet: days are days there, and amounts are numbers."""
    file = BytesIO()
    with Workbook(file, SHEET) as book:
        sheet = book.add_worksheet(_("Usage"))
        day, euros = (book.add_format({"num_format": one}) for one in ("yyyy-mm-dd", "0.00"))
        sheet.set_column(0, len(heads()) - 1, WIDTH)
        write_texts(sheet, 0, 0, heads())
        for row, one in enumerate(lines, start=1):
            sheet.write_datetime(row, 0, one.on, day)
            last = write_texts(sheet, row, 1, list(words_of(one)))
            sheet.write_number(row, last, one.half_days)
            sheet.write_number(row, last + 1, one.cents / CENTS, euros)
    answer = HttpResponse(file.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def write_texts(sheet: Worksheet, row: int, column: int, texts: Sequence[str]) -> int:
    """Write texts beside each other from a column on; return the column after them."""
    for number, text in enumerate(texts, start=column):
        sheet.write_string(row, number, text)
    return column + len(texts)


FORMS: dict[str, Callable[[str, Iterable[Line]], HttpResponse]] = {"csv": as_csv, "xlsx": as_xlsx}
