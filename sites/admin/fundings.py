"""Who pays for a site: rows of its page, with amounts in euros."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from sites.models import Funding

CENTS = 100


def euros(cents: int) -> Decimal:
    """Return an amount in euros, with both of its decimals."""
    return Decimal(cents).scaleb(-2)


class FundingForm(forms.ModelForm):
    """Money given to a site, written in euros and kept in cents."""

    amount = forms.DecimalField(
        label=_("Amount (€)"),
        localize=True,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )

    class Meta:
        model = Funding
        fields = (*("funder", "funder_name", "kind", "starts_on", "ends_on", "programme"),)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cents = self.instance.amount_cents
        if cents is not None and "amount" in self.fields:
            self.fields["amount"].initial = euros(cents)

    def clean(self) -> dict[str, Any]:
        """Keep the amount in cents; one that is not told is none."""
        fields = super().clean() or self.cleaned_data
        amount = fields.get("amount")
        self.instance.amount_cents = None if amount is None else int(amount * CENTS)
        return fields


class FundingInline(admin.StackedInline):
    """Stacked: it has more facts than a line holds."""

    model = Funding
    form = FundingForm
    fields = (*("funder", "funder_name", "kind", "amount", "starts_on", "ends_on", "programme"),)
    extra = 0
    ordering = ("starts_on", "pk")
    autocomplete_fields = ("funder",)

    @admin.display(description=_("Amount (€)"))
    def amount(self, funding: Funding) -> str:
        """Return the amount for who may only look."""
        cents = funding.amount_cents
        if cents is None:
            return str(self.get_empty_value_display())
        return number_format(euros(cents), 2, force_grouping=True)
