"""Columns of days, instants and numbers, in the words that pages use."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.formats import number_format

from network.templatetags.dates import date_words, moment_words

Column = Callable[[Any, Any], str]


def told(name: str, label: Any, words: Callable[[Any], str]) -> Column:
    """Return a column that tells the field `name` in `words`, and sorts by it."""

    @admin.display(description=label, ordering=name)
    def column(self: admin.ModelAdmin, row: Any) -> str:
        value = getattr(row, name)
        return str(self.get_empty_value_display()) if value is None else words(value)

    return column


def grouped(number: int) -> str:
    """Return a number with its thousands apart."""
    return number_format(number, force_grouping=True)


def moment(name: str, label: Any) -> Column:
    """Return the column of an instant: "1ᵉʳ janvier 2026, 17 h 45"."""
    return told(name, label, moment_words)


def day(name: str, label: Any) -> Column:
    """Return the column of a day: "1ᵉʳ janvier 2026"."""
    return told(name, label, date_words)


def number(name: str, label: Any) -> Column:
    """Return the column of a number that may be large."""
    return told(name, label, grouped)
