"""What is said of an employer's people: whom to invite, where they are, their last day."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.forms.days import DayField
from network.models import Organisation
from subscriptions.errors import ListUnreadable
from subscriptions.models import CostCentre, Employee, Team
from subscriptions.people.importing import Choices
from subscriptions.people.joining import Place
from subscriptions.people.judging import Wanted
from subscriptions.people.sheets import MOST_BYTES, Sheet, decoded, read_sheet
from subscriptions.people.typed import typed_entries

#: Longer than what one may invite in a day.
MOST_TYPED = 30_000


class PlaceForm(forms.Form):
    """The team and the cost centre of somebody; neither is asked where there is none to choose."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("No team")
    )
    cost_centre = forms.ModelChoiceField(
        CostCentre.objects.none(),
        label=_("Cost centre"),
        required=False,
        empty_label=_("No cost centre"),
    )

    def __init__(self, *args: Any, employer: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "team": Team.objects.filter(organisation=employer),
            "cost_centre": CostCentre.objects.filter(organisation=employer),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice of rows
            if not rows:
                del self.fields[name]

    @property
    def place(self) -> Place:
        """Return what was chosen, of a valid form."""
        return Place(self.cleaned_data.get("team"), self.cleaned_data.get("cost_centre"))


class InviteForm(PlaceForm):
    """Addresses to invite, and where their people are to be."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line, or between commas. Names beside them are kept."),
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("addresses", "team", "cost_centre")

    @property
    def wanted(self) -> list[Wanted]:
        """Return whom to invite, of a valid form."""
        return [Wanted(one, self.place) for one in typed_entries(self.cleaned_data["addresses"])]


class ListForm(forms.Form):
    """A list of people: a file, or its text, which stands here once it was looked through."""

    hide_optional = True

    file = forms.FileField(label=_("File (CSV)"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or the list itself, copied from your spreadsheet"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    makes_missing = forms.BooleanField(
        label=_("Make the teams and cost centres that are not there yet"), required=False
    )

    sheet = Sheet([])

    def clean(self) -> dict[str, Any]:
        """Read the file, else the text; what was read can be corrected as text."""
        told = self.cleaned_data
        try:
            told["text"] = self.read_text()
            self.sheet = read_sheet(told["text"])
        except ListUnreadable as refusal:
            self.add_error("file" if told.get("file") else "text", str(refusal.message))
        return told

    def read_text(self) -> str:
        """Return what the file or the field holds. Raises ListUnreadable."""
        told = self.cleaned_data
        if file := told.get("file"):
            return decoded(file.read(MOST_BYTES + 1))
        if not str(told.get("text", "")).strip():
            raise ListUnreadable(gettext("Choose a file, or paste the list."))
        return str(told["text"])

    def as_read(self) -> "ListForm":
        """Return the form with what was read in its text, of a valid form."""
        return ListForm(initial=self.cleaned_data | {"file": None})

    def choices(self, *, only_good: bool) -> Choices:
        """Return what is chosen beside the list, of a valid form."""
        return Choices(makes_missing=self.cleaned_data["makes_missing"], only_good=only_good)


class EmployeeForm(PlaceForm):
    """Where one of an employer's people is, and for whom they book."""

    books_for_others = forms.BooleanField(
        label=_("Books for the others too"),
        help_text=_("For an assistant: they book for everybody who is on your account."),
        required=False,
    )
    field_order = ("team", "cost_centre", "books_for_others")

    def __init__(self, entries: Any, *, employee: Employee) -> None:
        before = {
            "team": employee.team_id,
            "cost_centre": employee.cost_centre_id,
            "books_for_others": employee.books_for_others,
        }
        super().__init__(entries, employer=employee.organisation, initial=before)


class LeaveForm(forms.Form):
    """The last day of somebody."""

    last_day = DayField(label=_("Last day"))
