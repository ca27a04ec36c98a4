"""What an employer says of itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.formfields import WordsField
from network.models.legal_forms import LegalForm
from network.models.organisations import validate_siret
from subscriptions.employers.registering import Registration


class RegisterForm(forms.Form):
    """Name, SIRET and legal form of an employer."""

    hide_optional = False

    name = WordsField(label=_("Name of the employer"), max_length=200)
    siret = forms.CharField(
        label=_("SIRET"),
        help_text=_("14 digits, as on any invoice. Spaces do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"), required=False, choices=[("", _("I do not say")), *LegalForm.choices]
    )

    def clean_siret(self) -> str:
        """Return the digits alone. Raises ValidationError for what is no SIRET."""
        digits = "".join(str(self.cleaned_data["siret"]).split())
        validate_siret(digits)
        return digits

    @property
    def registration(self) -> Registration:
        """Return what is said, of a valid form."""
        told = self.cleaned_data
        return Registration(told["name"], told["siret"], told["legal_form"])
