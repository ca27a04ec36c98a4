"""VAT regimes of operators and cancellation policies, shown."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import CancellationPolicy, VatRegime
from network.admin import columns
from network.admin.guards import Guarded
from network.admin.rows import ReadOnly


@admin.register(VatRegime)
class VatRegimeAdmin(ReadOnly, Guarded):
    """How operators stand to VAT, from which day on."""

    list_display = ("operator", "regime", "begins", "rate")
    list_filter = ("regime",)
    list_select_related = ("operator",)
    search_fields = ("operator__name",)
    ordering = ("operator__name", "-starts_on")
    begins = columns.day("starts_on", _("from"))


@admin.register(CancellationPolicy)
class CancellationPolicyAdmin(ReadOnly, Guarded):
    """What cancelling costs: the network's rules, then those of sites."""

    list_display = ("kind", "site", "free_hours", "late_percent")
    list_filter = ("kind",)
    list_select_related = ("site",)
    search_fields = ("site__name",)
    ordering = ("site__name", "kind")
