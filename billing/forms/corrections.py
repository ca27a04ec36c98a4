"""Correcting a pass that one's operator sold."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from billing.forms.numbers import WholeField
from billing.passes.correcting import MOST, Correction
from network.formfields import WordsField

LONGEST = 200


class CorrectionForm(forms.Form):
    """How many half-days, why, and a key by which it happens once."""

    half_days = WholeField(
        label=_("Half-days"),
        least=-MOST,
        most=MOST,
        help_text=_("“2” adds two half-days, “-1” takes one off."),
    )
    reason = WordsField(
        label=_("Why"),
        max_length=LONGEST,
        help_text=_("The holder reads it: by e-mail, and in the history of the pass."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, entries: Any) -> None:
        super().__init__(entries, initial={"key": uuid4()})
        self.fields["half_days"].widget.attrs["inputmode"] = "text"

    def clean_half_days(self) -> int:
        """Return how many half-days are given, or below zero taken. Raises ValidationError."""
        count: int = self.cleaned_data["half_days"]
        if count == 0:
            raise ValidationError(_("No half-day is nothing to correct."), "zero")
        return count

    @property
    def correction(self) -> Correction:
        """Return what is corrected, of a valid form."""
        return Correction(self.cleaned_data["half_days"], self.cleaned_data["reason"])
