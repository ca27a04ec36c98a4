"""Administration of organisations, for the network team."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret as siret_number

from network.admin.guards import Guarded, MembershipInline
from network.models import Organisation


class MembershipOfOrganisation(MembershipInline):
    autocomplete_fields = ("person",)


class OrganisationForm(forms.ModelForm):
    """An organisation whose SIRET may be typed with spaces."""

    siret = forms.CharField(label=_("SIRET"), max_length=20, required=False)

    class Meta:
        model = Organisation
        fields = ("name", "kind", "legal_form", "siret", "commune")

    def clean_siret(self) -> str:
        """Drop the spaces; the model then checks the digits."""
        return str(siret_number.compact(self.cleaned_data["siret"]))


@admin.register(Organisation)
class OrganisationAdmin(Guarded):
    """Organisations and who belongs to them."""

    form = OrganisationForm
    list_display = ("name", "kind", "siret", "commune")
    list_filter = ("kind",)
    list_select_related = ("commune",)
    search_fields = ("name", "siret")
    ordering = ("name",)
    autocomplete_fields = ("commune",)
    inlines = (MembershipOfOrganisation,)
