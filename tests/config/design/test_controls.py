"""Controls are, letter for letter but for ends of lines, what Django's templates make of them."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.design.controls import drawn
from config.design.forms import ComponentRenderer

ODD = '"L\'Île" <b> & % é'
CHOICES = [("", "—"), ("a", ODD), (2, gettext_lazy("Desk")), (True, mark_safe("<i>3</i>"))]
GROUPED = [("Group", [("a", "A")]), ("b", "B")]
ATTRS = {"id": "id_<x", "maxlength": 10, "required": True, "hidden": False, "data-x": ODD}
WIDGETS: list[tuple[forms.Widget, Any]] = [
    *[
        (kind(attrs=ATTRS), value)
        for kind in (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput)
        for value in (None, "", ODD, 12, 1.5, mark_safe("&amp;"))
    ],
    *[(forms.CheckboxInput(), value) for value in (True, False, None, "x")],
    *[(forms.PasswordInput(render_value=True), value) for value in (None, ODD)],
    *[(forms.Select(choices=CHOICES), value) for value in (None, "a", 2, ["a"], True)],
    *[(forms.RadioSelect(choices=CHOICES), value) for value in (None, "a")],
    *[(forms.CheckboxSelectMultiple(choices=CHOICES), value) for value in (None, [], ["a", 2])],
    (forms.CheckboxSelectMultiple(attrs={"class": ODD}, choices=CHOICES), ["a"]),
    (forms.SelectMultiple(choices=CHOICES), ["a", ""]),
    (forms.Select(choices=GROUPED), "a"),
    (forms.RadioSelect(choices=GROUPED), "b"),
    (forms.Textarea(), ODD),
    (forms.DateInput(), None),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
@pytest.mark.parametrize("attrs", [None, {"id": "other", "aria-describedby": "x", "disabled": ""}])
def test_a_control_is_what_the_template_makes_of_it(
    widget: forms.Widget, value: object, attrs: dict[str, str] | None
) -> None:
    ours = widget.render('na"me', value, attrs, renderer=ComponentRenderer())

    theirs = widget.render('na"me', value, attrs, renderer=TemplatesSetting())
    assert in_one_line(ours) == in_one_line(theirs)


def in_one_line(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html)


def test_those_of_every_day_need_no_template() -> None:
    for widget in (forms.TextInput(), forms.Select(choices=CHOICES), forms.RadioSelect()):
        context = widget.get_context("name", None, {})
        assert drawn(widget.template_name, context["widget"]) is not None
    assert drawn("components/field.html", {}) is None
