"""Forms to buy a pass."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import PassOffer
from billing.passes.selling import sites_selling
from sites.models import Site


class SellerForm(forms.Form):
    """At which site a pass is bought: its operator is the seller."""

    hide_optional = True

    site = forms.ModelChoiceField(
        label=_("Site where you buy it"),
        queryset=Site.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a site"),
        error_messages={"invalid_choice": _("This site does not sell this pass.")},
    )

    def __init__(self, entries: Any, *, offer: PassOffer) -> None:
        super().__init__(entries)
        sites = sites_selling(offer).select_related("operator").order_by("name", "pk")
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]  # a choice of rows


class PurchaseForm(SellerForm):
    """What is confirmed: the site, and a key by which it happens once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
