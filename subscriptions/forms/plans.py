"""What is written of plans: who sells them to whom, their terms, from when on."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.forms.amounts import EurosField
from billing.forms.days import DayField
from billing.forms.names import LONGEST, NamesForm, typed_names
from billing.forms.numbers import WholeField
from billing.forms.tables import FieldTable
from network.formfields import WordsField
from network.models import Organisation
from sites.models import Site, Space
from subscriptions.models import Plan
from subscriptions.plans.drafting import Identity, sellers
from subscriptions.plans.terms import Costs, Terms, wares

#: A month has no more half-days; longer times would be no monthly plan.
MOST_HALF_DAYS, MOST_CREDITS = 62, 20
MOST_MONTHS, MOST_CARRIED, MOST_TRIAL, MOST_NOTICE = 36, 12, 90, 180


class TermsForm(NamesForm):
    """The terms of a version: what a seat costs a month, what it is granted, what that opens."""

    name = WordsField(label=_("Name of the plan"), max_length=LONGEST)
    price_cents = EurosField(label=_("Price of a seat and month (€, VAT included)"))
    half_days = WholeField(
        label=_("Half-days of a seat and month"),
        help_text=_("Empty: as many as wanted."),
        required=False,
        least=1,
        most=MOST_HALF_DAYS,
    )
    carry_over_months = WholeField(
        label=_("What a month leaves holds for so many months more"),
        least=0,
        most=MOST_CARRIED,
        initial=0,
    )
    has_overage = forms.BooleanField(
        label=_("Beyond its half-days, bookings go on account at the tariff"),
        required=False,
        initial=True,
    )
    trial_days = WholeField(label=_("Trial (days)"), least=0, most=MOST_TRIAL, initial=0)
    commitment_months = WholeField(
        label=_("Commitment (months)"), least=0, most=MOST_MONTHS, initial=0
    )
    notice_days = WholeField(label=_("Notice (days)"), least=0, most=MOST_NOTICE, initial=0)

    def __init__(self, *args: Any, before: Terms | None = None, **options: Any) -> None:
        if before:
            told = before.columns | typed_names(before.other_words)
            options["initial"] = told | options.get("initial", {})
        super().__init__(*args, **options)
        self.said = list(self.fields)
        costs = before.costs if before else {}
        for category, kind in wares():
            self.fields[cost_name(category, kind)] = WholeField(
                label=f"{kind.label}, {category.label}",
                required=False,
                least=1,
                most=MOST_CREDITS,
                initial=costs.get((category, kind)),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse to carry over what is not counted."""
        told = self.cleaned_data
        is_unbounded = told.get("half_days") is None and "half_days" not in self.errors
        if told.get("carry_over_months") and is_unbounded:
            words = gettext("Without a number of half-days nothing is left over: write 0.")
            self.add_error("carry_over_months", words)
        return told

    def said_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand above the table."""
        return [self[name] for name in self.said]

    def tables(self) -> list[FieldTable]:
        """Return the table of what half-days cost: of each kind of space a row."""
        columns = [gettext("Kind of space"), *(str(one.label) for one in Site.Category)]
        rows = [
            (str(kind.label), [self[cost_name(category, kind)] for category in Site.Category])
            for kind in Space.Kind
        ]
        return [FieldTable(gettext("Half-days that a half-day takes"), columns, rows)]

    @property
    def costs(self) -> Costs:
        """Return what half-days cost, of a valid form."""
        told = {key: self.cleaned_data[cost_name(*key)] for key in wares()}
        return {key: credits for key, credits in told.items() if credits}

    @property
    def terms(self) -> Terms:
        """Return what a valid form says."""
        named = {name: self.cleaned_data[name] for name in Terms.told_names()}
        return Terms(**named, costs=self.costs, other_words=self.other_words)


class BeginForm(TermsForm):
    """A new plan: what stays of it, and its first terms."""

    seller = forms.ModelChoiceField(Organisation.objects.none(), label=_("Sold by"))
    holders = forms.ChoiceField(
        label=_("For"), choices=Plan.Holders.choices, widget=forms.RadioSelect
    )
    is_shared = forms.BooleanField(
        label=_("All seats of an organisation share their half-days"), required=False
    )
    field_order = ("name", "seller", "holders", "is_shared")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        some = sellers()
        choice = self.fields["seller"]
        choice.queryset = Organisation.objects.filter(pk__in=[one.pk for one in some])  # type: ignore[attr-defined]  # a choice of rows
        choice.initial = next(iter(some), None)

    def clean(self) -> dict[str, Any]:
        """Refuse to share among people who have nothing in common."""
        told = super().clean()
        if told.get("is_shared") and told.get("holders") == Plan.Holders.PERSONS:
            self.add_error("is_shared", gettext("Credits are shared within an organisation."))
        return told

    @property
    def identity(self) -> Identity:
        """Return what stays of the plan, of a valid form."""
        return Identity(*(self.cleaned_data[name] for name in Identity._fields))


class PublishForm(forms.Form):
    """From when on a version is in force."""

    first_day = DayField(label=_("In force from"))


class WithdrawForm(forms.Form):
    """From when on nobody can subscribe any more."""

    from_day = DayField(label=_("Withdrawn from"))


def cost_name(category: Site.Category, kind: Space.Kind) -> str:
    """Return the name of the field of what a half-day costs."""
    return f"{category}-{kind}"
