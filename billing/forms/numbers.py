"""Numbers as people type them: digits alone, within bounds that are told."""

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

#: ASCII digits: `int` and `Decimal` would also read "1_0" or "٣".
WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
#: With a decimal: a comma is written in French and German, a point in English.
DECIMAL = re.compile(r"([+\-−]?[0-9]{1,9})(?:[.,]([0-9]))?")


class BoundedField(forms.CharField):
    """A number between two bounds, as it is typed."""

    attributes: ClassVar[dict[str, object]] = {}

    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", **self.attributes})
        super().__init__(**{"widget": widget, "max_length": 20, **options})
        self.least, self.most = least, most

    def clean(self, value: Any) -> Any:
        """Return the number; None for an empty one. Raises ValidationError."""
        text = super().clean(value)
        return self.number(text) if text else None

    def number(self, text: str) -> int | Decimal:
        """Return the number that a text is. Raises ValidationError."""
        raise NotImplementedError


class WholeField(BoundedField):
    """A whole number between two bounds, refused with both."""

    attributes: ClassVar = {"inputmode": "numeric", "size": 4}

    def number(self, text: str) -> int:
        """Return the number that a text is. Raises ValidationError."""
        if not (WHOLE.fullmatch(text) and self.least <= int(text) <= self.most):
            words = _("Write a whole number from %(least)s to %(most)s.")
            raise ValidationError(words, "number", {"least": self.least, "most": self.most})
        return int(text)


class PerCentField(BoundedField):
    """Per cent with one decimal at most between two bounds, below zero too; a Decimal."""

    attributes: ClassVar = {"inputmode": "text", "size": 6}

    def number(self, text: str) -> Decimal:
        """Return the number that a text is. Raises ValidationError."""
        found = DECIMAL.fullmatch(text)
        number = Decimal(f"{found[1].replace('−', '-')}.{found[2] or 0}") if found else None
        if number is None or not self.least <= number <= self.most:
            words = _("Write per cent from %(least)s to %(most)s, with one decimal at most.")
            bounds = {name: number_format(getattr(self, name)) for name in ("least", "most")}
            raise ValidationError(words, "number", bounds)
        return number
