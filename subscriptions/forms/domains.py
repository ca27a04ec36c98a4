"""Saying a domain of an employer's own."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DomainForm(forms.Form):
    """What stands after the @ of the employer's addresses."""

    name = forms.CharField(
        label=_("Domain"),
        help_text=_("What stands after the @ of your addresses, such as adira.example."),
        max_length=260,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
