"""A plain field is what `components/field.html` draws; the template draws all others."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from config.design.fields import plain
from config.design.forms import ComponentRenderer

CHOICES = [("a", "Accueil & « Île »"), ("b", "<b>")]


class Odd(forms.Form):
    """Fields of each kind, of which some may be left empty."""

    needed = forms.CharField(label='Nom <i> & "prénom"')
    free = forms.DateField(required=False, label="Date")
    kind = forms.ChoiceField(choices=CHOICES, required=False)
    hint = forms.CharField(help_text="Comme sur la carte", required=False)
    agreed = forms.BooleanField(required=False)
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    unseen = forms.CharField(widget=forms.HiddenInput)


class Templates(TemplatesSetting):
    """Draws each field by its template, as ours does what is not plain."""

    field_template_name = ComponentRenderer.field_template_name


def in_one_line(html: str) -> str:
    """Return markup without the blanks that no browser shows."""
    return re.sub(r"\s*(</?(?:div|label|span|option|select)\b[^>]*>)\s*", r"\1", html).strip()


@pytest.mark.parametrize("name", ["needed", "free", "kind"])
@pytest.mark.parametrize("hides_optional", [True, False])
def test_a_plain_field_is_what_the_template_draws(name: str, hides_optional: bool) -> None:
    forms_ = [Odd(renderer=renderer()) for renderer in (ComponentRenderer, Templates)]
    for form in forms_:
        form.hide_optional = hides_optional  # type: ignore[attr-defined]  # read by the template

    ours, theirs = (str(form[name].as_field_group()) for form in forms_)

    assert isinstance(plain(forms_[0][name]), SafeString)
    assert in_one_line(ours) == in_one_line(theirs)


@pytest.mark.parametrize("name", ["hint", "agreed", "several", "unseen"])
def test_a_field_with_more_to_it_is_left_to_the_template(name: str) -> None:
    assert plain(Odd()[name]) is None


def test_so_is_one_with_an_error_which_is_told() -> None:
    field = Odd({"needed": ""}, renderer=ComponentRenderer())["needed"]

    assert plain(field) is None
    assert "has-error" in field.as_field_group()
