"""Tariff grids, shown: they are written on pages of their own, and never once adopted."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.admin.amounts import amount
from billing.models import Band, GridPrice, OffPeak, PassOffer, TariffGrid
from network.admin import columns
from network.admin.guards import Guarded
from network.admin.rows import ReadOnly


class PriceInline(ReadOnly, admin.TabularInline):
    model = GridPrice
    fields: ClassVar = ("category", "kind", "duration", "group", "price", "off_peak")
    readonly_fields: ClassVar = ("price", "off_peak")
    ordering = ("category", "kind", "duration", "group")
    price = amount("price_cents", _("price"))
    off_peak = amount("off_peak_cents", _("price outside peak hours"))


class BandInline(ReadOnly, admin.TabularInline):
    model = Band
    ordering = ("category", "kind")


class OffPeakInline(ReadOnly, admin.TabularInline):
    model = OffPeak
    ordering = ("kind", "weekday", "starts_at")


class PassOfferInline(ReadOnly, admin.TabularInline):
    model = PassOffer
    fields: ClassVar = (
        *("name", "kind", "category", "is_of_one_site", "half_days", "valid_months", "price"),
    )
    readonly_fields: ClassVar = ("price",)
    ordering = ("kind", "price_cents")
    price = amount("price_cents", _("price"))


@admin.register(TariffGrid)
class TariffGridAdmin(ReadOnly, Guarded):
    """Every version of the grid with all that it says."""

    list_display = ("name", "operator", "first_day", "adopted", "deliberation_number")
    list_select_related = ("operator",)
    search_fields = ("name", "deliberation_number")
    ordering = ("-in_force_from", "-pk")
    inlines = (PriceInline, BandInline, OffPeakInline, PassOfferInline)
    first_day = columns.day("in_force_from", _("in force from"))
    adopted = columns.moment("adopted_at", _("put in force on"))
