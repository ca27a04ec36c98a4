"""How an operator stands to VAT."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from billing.forms.days import DayField
from billing.issuers.regimes import Standing
from billing.models import VatRegime
from billing.models.issuers import STANDARD_RATE
from billing.prices.vat import Regime

#: Basis points in a per cent.
POINTS = 100


class RateField(forms.DecimalField):
    """A rate in per cent, "5,5" or "5.5": with two decimals at most."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 5})

    def to_python(self, value: Any) -> Any:
        """Return the rate. Raises ValidationError."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Return a rate as the reader's language writes it; what was typed stays as it was."""
        return number_format(f"{value.normalize():f}") if isinstance(value, Decimal) else value


class RegimeForm(forms.Form):
    """A regime, its rate if there is tax, and its first day."""

    regime = forms.ChoiceField(label=_("Regime"), choices=Regime.choices, widget=forms.RadioSelect)
    rate = RateField(
        label=_("Rate (%)"),
        help_text=_("Of who is subject to VAT: empty, it is 20 %, the standard rate."),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    starts_on = DayField(label=_("From"))

    def __init__(self, entries: Any, *, current: VatRegime) -> None:
        """Start with the present regime; the day is to be chosen."""
        rate = Decimal(current.rate) / POINTS if current.rate else None
        super().__init__(entries, initial={"regime": current.regime, "rate": rate})

    @property
    def standing(self) -> Standing:
        """Return what was told, of a valid form."""
        told = self.cleaned_data
        regime, rate = Regime(told["regime"]), told["rate"]
        untold = STANDARD_RATE if regime == Regime.TAXABLE else 0
        return Standing(regime, untold if rate is None else int(rate * POINTS), told["starts_on"])
