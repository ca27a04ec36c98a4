"""What is written in a draft, but for its tables."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.forms.amounts import EurosField
from billing.forms.bodies import BodyForm
from billing.forms.days import DayField
from billing.forms.names import LONGEST, NamesForm, typed_names
from billing.forms.numbers import PerCentField, WholeField
from billing.grids.editing import CalmHours
from billing.grids.rights import Body
from billing.models import PassOffer, TariffGrid
from network.formfields import WordsField
from sites.clocks import ends_after
from sites.forms import EndField, TimeInput
from sites.models import Site, Space
from sites.models.hours import Weekday

#: A raise is told in per cent with one decimal, and reckoned in thousandths.
TENTHS = 10
#: Bounds of a pass: a year's working days by halves would be no pass, nor what is valid for longer.
MOST_HALF_DAYS, MOST_MONTHS = 200, 24


class HeadForm(NamesForm):
    """What a grid is called, and from when on it is to hold."""

    name = WordsField(label=_("Name of the grid"), max_length=LONGEST)
    in_force_from = DayField(label=_("In force from"))


class BeginForm(BodyForm, HeadForm):
    """A new draft: whose, from which grid it begins, and by how much its prices are raised."""

    source = forms.ModelChoiceField(
        TariffGrid.objects.none(),
        label=_("Begin with the prices of"),
        required=False,
        empty_label=_("No grid: begin empty"),
    )
    percent = PerCentField(
        label=_("Raise every price by (%)"),
        help_text=_("Rounded to ten cents. Empty: the prices stay. Below zero they fall."),
        required=False,
        least=-90,
        most=200,
    )
    field_order = ("body", "name", "in_force_from", "source", "percent")

    def __init__(
        self,
        entries: Any,
        *,
        bodies: Sequence[Body],
        grids: QuerySet[TariffGrid],
        current: TariffGrid | None,
    ) -> None:
        super().__init__(entries, bodies=bodies, initial={"source": current})
        rows = grids.order_by("-in_force_from", "-pk")
        self.fields["source"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows

    @property
    def raised_per_mille(self) -> int:
        """Return by how many thousandths prices are raised."""
        return int((self.cleaned_data["percent"] or Decimal()) * TENTHS)


class OffPeakForm(forms.Form):
    """Hours off peak of some weekdays."""

    kind = forms.ChoiceField(
        label=_("Kind of space"),
        required=False,
        choices=[("", _("All spaces")), *Space.Kind.choices],
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = forms.TimeField(label=_("From"), widget=TimeInput())
    ends_at = EndField(
        label=_("Until"), widget=TimeInput(), help_text=_("00:00 is the end of the day.")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        starts, ends = (self.cleaned_data.get(name) for name in ("starts_at", "ends_at"))
        if starts is not None and ends is not None and not ends_after(ends, starts):
            self.add_error("ends_at", _("The end must come after the start."))
        return self.cleaned_data

    @property
    def hours(self) -> CalmHours:
        """Return what was chosen, of a valid form."""
        told = self.cleaned_data
        return CalmHours(told["kind"], told["weekdays"], told["starts_at"], told["ends_at"])


class PassOfferForm(NamesForm, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A pass that the grid sells, its price in euros."""

    half_days = WholeField(label=_("Half-days"), least=1, most=MOST_HALF_DAYS)
    valid_months = WholeField(label=_("Valid for (months)"), least=1, most=MOST_MONTHS)
    price = EurosField(label=_("Price (€, VAT included)"))

    class Meta:
        model = PassOffer
        fields = ("name", "kind", "category", "is_of_one_site", "half_days", "valid_months")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.update(typed_names(self.instance.other_words))
        if self.instance.pk:
            self.initial["price"] = self.instance.price_cents
        self.fields["category"].help_text = ""
        self.fields["category"].choices = [  # type: ignore[attr-defined]  # a choice
            ("", _("All sites of the network")),
            *Site.Category.choices,
        ]

    def clean(self) -> dict[str, Any]:
        """Keep the price in cents, and the names by language."""
        told = super().clean() or self.cleaned_data
        self.instance.other_words = self.other_words
        if told.get("price") is not None:
            self.instance.price_cents = told["price"]
        return told


class ConfirmForm(forms.Form):
    """That something is to be done: nothing is typed."""
