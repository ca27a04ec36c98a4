"""Answering what waits for approval."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.formfields import WordsField

GRANTED, REFUSED = "yes", "no"


class AnswerForm(forms.Form):
    """Whether it is granted, by the button that was pressed; and why, if one likes."""

    answer = forms.ChoiceField(
        choices=[(GRANTED, _("Approve")), (REFUSED, _("Refuse"))], widget=forms.HiddenInput
    )
    words = WordsField(
        label=_("Why"),
        help_text=_("Who asks reads it."),
        required=False,
        max_length=200,
    )

    @property
    def is_granted(self) -> bool:
        """Tell whether it is granted, of a valid form."""
        return bool(self.cleaned_data["answer"] == GRANTED)
