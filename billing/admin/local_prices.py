"""Prices of sites, shown, and subsidised prices, which the network team writes."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.admin.amounts import amount
from billing.errors import NotInForceYet
from billing.forms.amounts import EurosField
from billing.forms.local_prices import DEARER_OFF_PEAK
from billing.grids.setting import refuse_begun
from billing.grids.tables import tariffs_in_force
from billing.models import LocalPrice, Subsidy
from billing.prices.cheapest import Price
from network.admin import columns
from network.admin.guards import Guarded
from network.admin.rows import ReadOnly
from network.templatetags.money import money
from sites.models import Site


@admin.register(LocalPrice)
class LocalPriceAdmin(ReadOnly, Guarded):
    """What sites ask themselves, from which day on."""

    list_display = ("site", "kind", "duration", "group", "price", "begins", "is_withdrawn")
    list_filter = ("kind", "duration", "group", "is_withdrawn")
    list_select_related = ("site",)
    search_fields = ("site__name",)
    ordering = ("site__name", "kind", "duration", "group", "-starts_on")
    price = amount("price_cents", _("price"))
    begins = columns.day("starts_on", _("from"))


class SubsidyForm(forms.ModelForm):
    """A subsidised price in euros: below what the site asks in full on its first day.

    Like any price it begins tomorrow at the earliest; once begun, it is given an end or a reason.
    """

    price = EurosField(label=_("Price (€, VAT included)"))
    off_peak = EurosField(
        label=_("Price off peak (€)"), required=False, help_text=_("Empty: the same price.")
    )

    class Meta:
        model = Subsidy
        fields: ClassVar = (
            *("site", "kind", "duration", "group", "funder", "reason", "starts_on", "ends_on"),
        )
        help_texts: ClassVar = {
            "reason": _("People read it with their price: write it as a sentence for them.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and "price" in self.fields:
            self.initial["price"] = self.instance.price_cents
            self.initial["off_peak"] = self.instance.off_peak_cents

    def clean(self) -> dict[str, Any]:
        """Keep the prices in cents; refuse those that are not below the full ones.

        Whoever writes a subsidy of the site meanwhile waits, so that the model's rule holds.
        """
        told = super().clean() or self.cleaned_data
        if site := told.get("site"):
            Site.objects.select_for_update(no_key=True).get(pk=site.pk)
        price, off_peak = told.get("price"), told.get("off_peak")
        if price is None or self.errors:
            return told
        self.refuse_reaching_back()
        self.instance.price_cents, self.instance.off_peak_cents = price, off_peak
        if off_peak is not None and off_peak > price:
            self.add_error("off_peak", DEARER_OFF_PEAK)
        self.refuse_undearer(Price(price, price if off_peak is None else off_peak))
        return told

    def refuse_reaching_back(self) -> None:
        """Refuse what would change what a day costs that has begun, as of a site's own prices."""
        try:
            refuse_begun(self.first_changed(), self.cleaned_data["site"], timezone.now())
        except NotInForceYet as refusal:
            self.add_error(None, str(refusal.message))

    def first_changed(self) -> date:
        """Return the first day that costs something else: of another end, the day after."""
        told, was, changed = self.cleaned_data, self.initial, {*self.changed_data} - {"reason"}
        begins: list[date] = [one["starts_on"] for one in (told, was) if "starts_on" in one]
        if not self.instance.pk or changed - {"ends_on"}:
            return min(begins)
        ends: list[date] = [one["ends_on"] for one in (told, was) if changed and one["ends_on"]]
        return min(ends) + timedelta(days=1) if ends else date.max

    def refuse_undearer(self, paid: Price) -> None:
        """Refuse what is no subsidy: as much as the full price, or of what the grid has not."""
        told = self.cleaned_data
        full = full_price(told)
        if full is None:
            self.add_error("duration", _("The grid has no such price on the first day."))
        elif paid.peak >= full.peak or paid.off_peak > full.off_peak:
            words = _("A subsidised price is below the full one, %(full)s.")
            self.add_error("price", words % {"full": money(full.peak)})


def full_price(told: dict[str, Any]) -> Price | None:
    """Return what the site asks in full on the first day of a subsidy, if it sells it."""
    day: date = told["starts_on"]
    tariffs = tariffs_in_force([told["site"]], day)
    key = (told["kind"], told["duration"], told["group"])
    return tariffs.full(told["site"].pk, key) if tariffs else None


@admin.register(Subsidy)
class SubsidyAdmin(Guarded):
    """Prices of which somebody pays a part, and why. One that ends is given an end."""

    form = SubsidyForm
    list_display = ("site", "kind", "duration", "group", "price", "funder", "begins", "ends")
    list_filter = ("kind", "duration", "group")
    list_select_related = ("site", "funder")
    search_fields = ("site__name", "funder__name", "reason")
    ordering = ("site__name", "kind", "duration", "group", "-starts_on")
    autocomplete_fields = ("site", "funder")
    price = amount("price_cents", _("price"))
    begins = columns.day("starts_on", _("from"))
    ends = columns.day("ends_on", _("to (included)"))
