"""Forms of who takes a subscription, changes its seats or ends it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.forms.days import DayField
from billing.forms.numbers import WholeField
from network.formfields import WordsField
from network.models import Organisation, User
from subscriptions.employers.rights import employers_run_by
from subscriptions.models import Plan, PlanVersion
from subscriptions.taking.subscribing import MOST_SEATS, Wish

LONGEST_ORDER = 50


class SubscribeForm(forms.Form):
    """For whom a plan is taken, how many seats, from when on."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For whom"), required=False, empty_label=_("For me")
    )
    seats = WholeField(label=_("Seats"), least=1, most=MOST_SEATS, initial=1)
    starts_on = DayField(label=_("First day"), initial=timezone.localdate)
    purchase_order = WordsField(
        label=_("Purchase order"),
        help_text=_("It stands on your statements."),
        max_length=LONGEST_ORDER,
        required=False,
    )

    def __init__(self, entries: Any, *, plan: Plan, by: User) -> None:
        super().__init__(entries)
        whose, some = self.fields["organisation"], employers_run_by(by)
        whose.queryset = some  # type: ignore[attr-defined]  # a choice of rows
        self.has_employers = some.exists()
        if plan.holders == Plan.Holders.ORGANISATIONS:
            whose.required, whose.empty_label = True, None  # type: ignore[attr-defined]
        if plan.holders == Plan.Holders.PERSONS or not self.has_employers:
            for name in ("organisation", "seats", "purchase_order"):
                del self.fields[name]

    def wish(self, version: PlanVersion) -> Wish:
        """Return what a valid form wants, in the terms that were read."""
        told = self.cleaned_data
        organisation = told.get("organisation")
        return Wish(
            version=version,
            starts_on=told["starts_on"],
            seats=told.get("seats", 1) if organisation else 1,
            organisation=organisation,
            purchase_order=told.get("purchase_order", "") if organisation else "",
        )


class ConfirmSubscribeForm(SubscribeForm):
    """The same, in the terms that were read, with a key by which it happens once."""

    version = forms.ModelChoiceField(PlanVersion.objects.none(), widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, entries: Any, *, plan: Plan, by: User) -> None:
        super().__init__(entries, plan=plan, by=by)
        published = PlanVersion.objects.published().filter(plan=plan)
        self.fields["version"].queryset = published  # type: ignore[attr-defined]


class SeatsForm(forms.Form):
    """How many seats a subscription is to have."""

    seats = WholeField(label=_("Seats"), least=1, most=MOST_SEATS)


class EndForm(forms.Form):
    """With which day a subscription ends: the last of a month."""

    ends_on = DayField(label=_("Last day"), help_text=_("The last day of a month."))

    def __init__(self, entries: Any, *, soonest: date) -> None:
        super().__init__(entries, initial={"ends_on": soonest})
