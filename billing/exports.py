"""Tables as files that spreadsheets open."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import number_format

#: Beginnings that spreadsheets take for a formula (OWASP, CSV injection): full-width signs, too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: What begins with a sign and is a number all the same.
NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")
CENTS = HUNDRED = 100
#: By this mark spreadsheets know UTF-8.
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_answer(
    name: str, columns: Sequence[object], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Return a table as a file to save, semicolons between, as French spreadsheets expect."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    write_csv(answer, columns, rows)
    return answer


def write_csv(
    file: TextIO | HttpResponse, columns: Sequence[object], rows: Iterable[Sequence[object]]
) -> None:
    """Write a table in the same form, row by row."""
    file.write(BOM)
    writer = csv.writer(file, delimiter=";")
    writer.writerow([harmless(one) for one in columns])
    writer.writerows([harmless(one) for one in row] for row in rows)


def harmless(value: object) -> str:
    """Return a cell that no spreadsheet reckons with."""
    text = str(value)
    is_formula = text.startswith(FORMULA) and not NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def amount(cents: int) -> str:
    """Return cents as a number of euros in the reader's language: "1234,50"."""
    return number_format(f"{cents / CENTS:.2f}", 2)


def per_cent(part: int, whole: int) -> str:
    """Return what share of a whole a part is, in per cent: "-20,6"; nothing of nothing."""
    return number_format(f"{HUNDRED * part / whole:.1f}", 1) if whole else ""
