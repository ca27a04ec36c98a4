"""The deliberation that puts a grid in force, and its text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms.days import DayField
from billing.forms.documents import PdfField
from network.formfields import WordsField


class DocumentForm(forms.Form):
    """The text of the deliberation that put a grid in force."""

    document = PdfField(
        label=_("Text of the deliberation"),
        help_text=_(
            "A whole PDF, 5 MB at most, without a password. Only its beginning and its end are"
            " checked. Everybody can read it."
        ),
    )


class AdoptionForm(DocumentForm):
    """The deliberation that puts a grid in force."""

    day = DayField(label=_("Deliberation of"))
    number = WordsField(label=_("Number of the deliberation"), max_length=60)
    first_day = DayField(
        label=_("Later first day"),
        required=False,
        help_text=_("Only where the grid’s own first day is over, or has another grid."),
    )
    field_order = ("day", "number", "document", "first_day")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].required = False

    def ask_for_file_again(self) -> None:
        """Say of a refused form that browsers send no file twice, if one was sent with it."""
        if self.files and "document" not in self.errors:
            self.add_error("document", _("The file was not kept: choose it again."))
