"""Administration of organisations, for the network team."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret as siret_number

from network.admin.guards import Guarded, MembershipInline
from network.capacities import check_capacities, set_capacities
from network.errors import Refusal
from network.models import Capacity, Organisation
from network.views.person import person_of


class MembershipOfOrganisation(MembershipInline):
    autocomplete_fields = ("person",)


class OrganisationForm(forms.ModelForm):
    """An organisation with its capacities, whose SIRET may be typed with spaces."""

    siret = forms.CharField(label=_("SIRET"), max_length=20, required=False)
    capacity_kinds = forms.MultipleChoiceField(
        label=capfirst(_("takes part as")),
        choices=Capacity.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Organisation
        fields = ("name", "legal_form", "siret", "commune")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "capacity_kinds" in self.fields:
            self.fields["capacity_kinds"].initial = self.instance.kinds()

    def clean_capacity_kinds(self) -> list[str]:
        """Refuse to take back what the organisation needs."""
        kinds: list[str] = self.cleaned_data["capacity_kinds"]
        try:
            check_capacities(organisation=self.instance, kinds=kinds)
        except Refusal as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal
        return kinds

    def clean_siret(self) -> str:
        """Drop the spaces; the model then checks the digits."""
        return str(siret_number.compact(self.cleaned_data["siret"]))


@admin.register(Organisation)
class OrganisationAdmin(Guarded):
    """Organisations, what they are and who belongs to them."""

    form = OrganisationForm
    fields = ("name", "capacity_kinds", "legal_form", "siret", "commune")
    list_display = ("name", "capacity_kinds", "siret", "commune")
    list_filter = ("capacities__kind",)
    list_select_related = ("commune",)
    search_fields = ("name", "siret")
    ordering = ("name",)
    autocomplete_fields = ("commune",)
    inlines = (MembershipOfOrganisation,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        """Read the capacities along."""
        return super().get_queryset(request).prefetch_related("capacities")

    @admin.display(description=_("takes part as"))
    def capacity_kinds(self, obj: Organisation) -> str:
        """Return its capacities in words."""
        return obj.capacity_words

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Save the organisation and what it is."""
        super().save_model(request, obj, form, change)
        kinds = form.cleaned_data["capacity_kinds"]
        set_capacities(organisation=obj, kinds=kinds, by=person_of(request))
