"""What a site asks itself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.errors import OutsideBand
from billing.forms.amounts import EurosField
from billing.forms.days import DayField
from network.errors import Refusal

#: Said wherever both prices are typed, as the columns' constraints say it.
DEARER_OFF_PEAK = _("Outside peak hours, the price is at most that of peak hours.")


class LocalPriceForm(forms.Form):
    """A price of a site's own, in peak hours and off, and from when on."""

    price = EurosField(label=_("Price (€, VAT included)"))
    off_peak = EurosField(
        label=_("Price off peak (€)"), required=False, help_text=_("Empty: the same price.")
    )
    starts_on = DayField(label=_("From"))

    def __init__(self, entries: Any, *, price: Any = None, first_day: date) -> None:
        """Start with the present price, or that of the grid, from the first day it may begin."""
        told = {"price": price.peak, "off_peak": price.off_peak} if price else {}
        if price and price.off_peak == price.peak:
            told["off_peak"] = None
        super().__init__(entries, initial={**told, "starts_on": first_day})

    def clean(self) -> dict[str, Any]:
        """Refuse a price that is dearer off peak."""
        price, off_peak = (self.cleaned_data.get(name) for name in ("price", "off_peak"))
        if price is not None and off_peak is not None and off_peak > price:
            self.add_error("off_peak", DEARER_OFF_PEAK)
        return self.cleaned_data

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal at the field it concerns."""
        fields = {"grid_day_refused": "starts_on", "price_outside_band": "price"}
        is_calm = isinstance(refusal, OutsideBand) and refusal.is_off_peak
        name = "off_peak" if is_calm else fields.get(refusal.code)
        self.add_error(name, str(refusal.message))


class WithdrawalForm(forms.Form):
    """From when on a site goes back to the grid's price."""

    starts_on = DayField(label=_("From"))

    def __init__(self, entries: Any, *, first_day: date) -> None:
        super().__init__(entries, initial={"starts_on": first_day})
