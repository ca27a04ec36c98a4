"""What statements of November 2026 say, for tests: on paper, and as a table."""

import csv
from datetime import date
from io import StringIO

from django.utils import translation

from billing.statements.months import Month
from billing.statements.paper import told
from billing.statements.parties import Party
from billing.statements.reading import Statement, statement
from billing.statements.tables import table
from tests.words import plain

NOVEMBER = Month(date(2026, 11, 1))


def lines_of(party: Party) -> list[list[str]]:
    """Return the cells of each line on paper, in English."""
    with translation.override("en"):
        days = told(statement(party, NOVEMBER))["lines"]["groups"]
    return [[plain(text) for text in row] for day in days for row in day["rows"]]


def table_of(party: Party) -> list[list[str]]:
    """Return the rows of a party's table, in French, with its heads."""
    return rows_of(statement(party, NOVEMBER))


def rows_of(found: Statement) -> list[list[str]]:
    """Return the rows of a statement as a table, in French, with its heads."""
    with translation.override("fr"):
        text = table(found, "name").content.decode("utf-8-sig")
    return [[plain(cell) for cell in row] for row in csv.reader(StringIO(text), delimiter=";")]
