"""Amounts as people type them, in euros."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

#: Euros, and one or two decimals: a comma is written in French and German, a point in English. A
#: space separates thousands, as in French: "5 40" is no 540.
EUROS = r"([0-9]+|[0-9]{1,3}(?:\s[0-9]{3})+)"
AMOUNT = re.compile(rf"{EUROS}(?:[.,]([0-9]{{1,2}}))?")
TOO_FINE = re.compile(rf"{EUROS}[.,][0-9]{{3,}}")
SPACED = re.compile(r"[0-9][0-9\s.,]*\s[0-9\s.,]*")
SIGN = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", re.IGNORECASE)
SPACE = re.compile(r"\s")
#: Digits of the dearest price that a column holds with room to spare: 999,999 €.
MOST_DIGITS = 6
CENTS = 100


class EurosField(forms.CharField):
    """An amount in euros, "8,50" or "8.50", read as cents and refused with the reason."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 7})
        super().__init__(**{"widget": widget, "max_length": 20, **options})

    def clean(self, value: Any) -> Any:
        """Return the amount in cents; None for an empty one. Raises ValidationError."""
        text = super().clean(value)
        return cents_of(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether something else is typed than was written there."""
        return super().has_changed(self.prepare_value(initial), data)

    def prepare_value(self, value: Any) -> Any:
        """Return cents as the reader's language writes them; what was typed stays as it was."""
        return number_format(f"{value / CENTS:.2f}", 2) if isinstance(value, int) else value


def cents_of(typed: str) -> int:
    """Return an amount in cents. Raises ValidationError with what is wrong."""
    text = SIGN.sub("", typed.strip())
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise ValidationError(words_against(text), code="amount")
    euros, decimals = SPACE.sub("", found[1]).lstrip("0") or "0", found[2] or ""
    if len(euros) > MOST_DIGITS:
        raise ValidationError(_("This amount is too high."), code="amount")
    return int(euros) * CENTS + int(decimals.ljust(2, "0"))


def words_against(text: str) -> str:
    """Return why something is no amount in euros."""
    if TOO_FINE.fullmatch(text):
        return _("An amount has two decimals at most.")
    if SPACED.fullmatch(text):
        return _("A space only separates thousands, as in 1 234.50.")
    if re.fullmatch(r"[-−][0-9\s.,]+", text):
        return _("An amount is not below zero.")
    if is_other_currency(text):
        return _("Prices are in euros: give the amount in euros alone, such as 8.50.")
    return _("Write an amount in euros, such as 8.50.")


def is_other_currency(text: str) -> bool:
    """Tell whether a number stands beside letters or the sign of a currency."""
    signs = re.sub(r"[0-9\s.,]", "", text)
    is_money = all(one.isalpha() or unicodedata.category(one) == "Sc" for one in signs)
    return bool(signs) and is_money and len(signs) < len(SPACE.sub("", text))
