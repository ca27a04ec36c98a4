"""What is written of cost centres."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.formfields import WordsField
from network.models import Organisation
from subscriptions.costs.reading import LONGEST_NAME, Named, read_lines, wrong_lines
from subscriptions.models import CostCentre


class AddForm(forms.Form):
    """Many cost centres at once, a line each; what is wrong is told by line."""

    text = forms.CharField(
        label=_("Cost centres to add"),
        help_text=_("One a line: code;name – the name may be left out."),
        max_length=150_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, entries: Any, *, employer: Organisation) -> None:
        super().__init__(entries)
        self.employer = employer
        self.named: list[Named] = []

    def clean_text(self) -> str:
        """Read all lines; refuse them with what is wrong with each."""
        text: str = self.cleaned_data["text"]
        rows = CostCentre.objects.filter(organisation=self.employer)
        known = frozenset(rows.values_list("code", flat=True))
        lines = read_lines(text, known)
        if wrong := list(wrong_lines(lines)):
            raise forms.ValidationError(wrong)
        self.named = [line.named for line in lines]
        return text


class NameForm(forms.Form):
    """Another name of a cost centre."""

    name = WordsField(label=_("Name"), max_length=LONGEST_NAME, required=False)
