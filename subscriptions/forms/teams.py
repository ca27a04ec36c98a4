"""What is written of a team: its name, and the rules for its people. All but the name is free."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.forms.amounts import EurosField
from billing.forms.numbers import WholeField
from network.formfields import WordsField
from network.models import Organisation, User
from sites.models import Space
from subscriptions.forms.places import site_name, territory_name, the_site, the_territory
from subscriptions.models import Team
from subscriptions.teams.approvers import people_to_approve
from subscriptions.teams.writing import TeamTerms

DAYS_OF_A_WEEK, MOST_ROWS, EMPTY_ROWS = 7, 30, 3


class TeamForm(forms.Form):
    """A team, with rows for the names of its sites and territories: more than there are."""

    name = WordsField(label=_("Name of the team"), max_length=100)
    days_a_week = WholeField(
        label=_("Days a week at most"), required=False, least=1, most=DAYS_OF_A_WEEK
    )
    monthly_budget_cents = EurosField(
        label=_("Budget of a person and month (€, VAT included)"), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of space"),
        help_text=_("None ticked: all of them."),
        choices=Space.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    approval_above_cents = EurosField(
        label=_("Somebody approves of bookings above (€, VAT included)"),
        help_text=_("Empty: nobody needs to."),
        required=False,
    )
    approver = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who approves"),
        empty_label=_("Whoever runs the employer"),
        required=False,
    )
    may_choose_account = forms.BooleanField(
        label=_("Its people may choose to pay for themselves"), required=False, initial=True
    )

    hide_optional = True

    def __init__(
        self, entries: Any, *, employer: Organisation, today: date, team: Team | None = None
    ) -> None:
        super().__init__(entries, initial=initial_of(team))
        people = people_to_approve(employer, today)
        self.fields["approver"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        sites = team.sites.select_related("commune").order_by("name") if team else ()
        territories = team.territories.order_by("name") if team else ()
        self.site_rows = self.ask_names("site", [site_name(one) for one in sites])
        self.territory_rows = self.ask_names(
            "territory", [territory_name(one) for one in territories]
        )
        self.found: dict[str, Any] = {}

    def ask_names(self, what: str, names: Sequence[str]) -> list[str]:
        """Ask for names in as many rows as there are, and some more; return their fields."""
        rows = min(len(names) + EMPTY_ROWS, max(MOST_ROWS, len(names)))
        label = {"site": _("Site %(number)s"), "territory": _("Territory %(number)s")}[what]
        for number in range(rows):
            self.fields[f"{what}{number}"] = forms.CharField(
                label=label % {"number": number + 1},
                required=False,
                max_length=200,
                initial=names[number] if number < len(names) else "",
                widget=forms.TextInput(attrs={"list": f"{what}-names", "autocomplete": "off"}),
            )
        return [f"{what}{number}" for number in range(rows)]

    def clean(self) -> dict[str, Any]:
        """Refuse a name that nothing or several things have, and an approver of nothing."""
        self.find(self.site_rows, the_site)
        self.find(self.territory_rows, the_territory)
        told = self.cleaned_data
        is_unbounded = told.get("approval_above_cents", 0) is None
        if told.get("approver") and is_unbounded:
            words = gettext("Say above which price: 0 for whatever costs something.")
            self.add_error("approval_above_cents", words)
        return told

    def find(self, rows: Iterable[str], the: Callable[[str], Any]) -> None:
        """Find what is named in each row."""
        for row in rows:
            name = self.cleaned_data.get(row, "").strip()
            try:
                if name:
                    self.found[row] = the(name)
            except forms.ValidationError as refused:
                self.add_error(row, refused)

    def site_fields(self) -> list[forms.BoundField]:
        """Return the rows for sites."""
        return [self[name] for name in self.site_rows]

    def territory_fields(self) -> list[forms.BoundField]:
        """Return the rows for territories."""
        return [self[name] for name in self.territory_rows]

    @property
    def terms(self) -> TeamTerms:
        """Return what a valid form says."""
        told = self.cleaned_data
        named = {name: told[name] for name in self.base_fields}
        sites = [self.found[row] for row in self.site_rows if row in self.found]
        places = [self.found[row] for row in self.territory_rows if row in self.found]
        return TeamTerms(**named, sites=sites, territories=places)


def initial_of(team: Team | None) -> dict[str, Any]:
    """Return what the form of a team starts with."""
    if team is None:
        return {}
    return {name: getattr(team, name) for name in TeamForm.base_fields}
