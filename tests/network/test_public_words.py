"""Words that others read show something, and read in the direction in which they are written."""

from collections.abc import Iterator

import pytest
from django import forms
from django.contrib import admin
from django.db.models import CharField, TextField
from hypothesis import given
from hypothesis import strategies as st

from network.admin.guards import Guarded
from network.formfields import WordsField
from network.text import DIRECTIONS, public_words

INVISIBLE = [
    *("\u200b", "\u202e", "\u2060\u00ad", "\u200d\ufe0f"),
    *("\u3164", "\u2800", "\u0301", "\u2028"),
]
SHOWN = ["Oui.", "👩\u200d💻", "ça", "+1", "Ligne 1\nLigne 2", "\u05e9\u05dc\u05d5\u05dd"]
#: What others never read: searched for, checked, found by, or known by a rule of its own.
NOT_WORDS = {
    *("AddressForm.email", "CorrectionForm.address", "GrantForm.email", "NewcomerForm.email"),
    *("CodeForm.code", "EntranceForm.code", "ProfileForm.home", "SearchForm.where"),
    *("BlankForm.where", "SignUpForm.username"),
}


class SaidForm(forms.Form):
    """What somebody says."""

    text = WordsField()


@pytest.mark.parametrize("sign", INVISIBLE)
def test_what_nobody_can_read_is_no_answer(sign: str) -> None:
    form = SaidForm({"text": f" {sign}\u00a0{sign} "})

    assert form.errors.as_data()["text"][0].code == "required"


def test_what_turns_the_direction_of_a_line_is_taken_out() -> None:
    form = SaidForm({"text": "Pour \u202eertnoc\u202c, oui"})

    assert form.is_valid()
    assert form.cleaned_data["text"] == "Pour ertnoc, oui"


@pytest.mark.parametrize("text", SHOWN)
def test_what_shows_stays_as_it_was_written(text: str) -> None:
    assert public_words(text) == text


@given(st.text())
def test_kept_words_hold_no_mark_of_direction_and_are_kept_as_they_are_once_more(text: str) -> None:
    kept = public_words(text)

    assert DIRECTIONS.isdisjoint(kept)
    assert public_words(kept) == kept


def forms_of(base: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    """Yield every form of ours that is derived from one."""
    for one in base.__subclasses__():
        package, *rest = one.__module__.split(".")
        if package in ("network", "sites", "billing", "bookings") and "admin" not in rest:
            yield one
        yield from forms_of(one)


def test_every_line_of_text_that_a_form_asks_for_is_of_words_or_told_why_not() -> None:
    asked = {
        f"{form.__name__}.{name}"
        for form in forms_of(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field) is forms.CharField and not field.widget.is_hidden
    }

    assert asked <= NOT_WORDS


def test_the_administration_reads_words_in_the_same_way() -> None:
    ours = [one for one in admin.site._registry.values() if isinstance(one, Guarded)]

    assert {one.formfield_overrides[CharField]["form_class"] for one in ours} == {WordsField}
    assert {one.formfield_overrides[TextField]["form_class"] for one in ours} == {WordsField}
