"""Words of a community in the language of who reads, or marked as in another."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from sites.models import Service
from sites.telling import Told
from sites.templatetags.told import told, told_lines, told_names
from tests.factories import make_site

WORDS = {"en": {"description": "In the old mill"}}


def service(name: str, **others: str) -> Service:
    return Service(name=name, other_words={code: {"name": text} for code, text in others.items()})


@pytest.mark.django_db
def test_a_text_is_told_in_the_readers_language_or_in_french() -> None:
    site = make_site(description="Dans le vieux moulin", directions="Bus 210", other_words=WORDS)

    with translation.override("en"):
        in_english = site.told("description"), site.told("directions")
    with translation.override("fr"):
        in_french = site.told("description")

    assert in_english == (Told("In the old mill", "en"), Told("Bus 210", "fr"))
    assert in_french == Told("Dans le vieux moulin", "fr")


@pytest.mark.django_db
def test_a_page_marks_what_is_not_in_its_language_and_nothing_else() -> None:
    site = make_site(description="Dans le <vieux> moulin", directions="Bus 210", other_words=WORDS)

    with translation.override("en-gb"):
        assert told(site, "description") == "In the old mill"
        assert told(site, "directions") == '<span lang="fr">Bus 210</span>'
    with translation.override("fr"):
        assert told(site, "description") == "Dans le &lt;vieux&gt; moulin"


def test_lines_and_names_are_marked_too() -> None:
    names = [service("Impression", en="Printing"), service("Café")]

    with translation.override("en"):
        assert told_lines(Told("Code 1\nà <gauche>", "fr")) == (
            '<span lang="fr">Code 1<br>à &lt;gauche&gt;</span>'
        )
        assert told_names(names) == 'Printing, <span lang="fr">Café</span>'
    with translation.override("fr"):
        assert told_names(names) == "Impression, Café"


def test_a_term_is_chosen_from_lists_in_the_readers_language() -> None:
    with translation.override("en"):
        assert str(service("Impression", en="Printing")) == "Printing"


@pytest.mark.parametrize(
    "words",
    [
        {"fr": {"name": "Impression"}},
        {"it": {"name": "Stampa"}},
        {"en": {"nom": "Printing"}},
        {"en": {"name": ""}},
        {"en": {"name": 3}},
        {"en": "Printing"},
        ["en"],
    ],
)
@pytest.mark.django_db
def test_words_that_nobody_would_read_are_refused(words: Any) -> None:
    with pytest.raises(ValidationError):
        Service(code="print", name="Impression", other_words=words).full_clean()
