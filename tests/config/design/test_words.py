"""`translate` says in templates what Django's says, sooner."""

import pytest
from django.template import Engine, engines
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from config.design.words import Words

PLAIN = [
    '{% translate "Privacy" %}',
    "{% translate 'Privacy' %}",
    '{% translate "My \\"own\\" words" %}',
    '{% translate "<b>bold</b> & co." %}',
    '{% translate "100 % of it" %}',
    '{% translate "" %}',
]
OTHERS = [
    '{% translate "Privacy" as words %}<{{ words }}>',
    '{% translate "Privacy"|upper %}',
    '{% translate "May" context "month" %}',
    '{% translate "Privacy" noop %}',
    "{% translate heading %}",
]


def written(source: str, library: str) -> str:
    """Return what a template with the `i18n` of that library writes."""
    options = {"libraries": {"i18n": library}}
    engine = DjangoTemplates({"NAME": "own", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})
    return engine.from_string("{% load i18n %}" + source).render({"heading": "Privacy"})


@pytest.mark.parametrize("language", ["fr", "de", "en"])
@pytest.mark.parametrize("source", [*PLAIN, *OTHERS])
def test_it_writes_what_djangos_own_writes(source: str, language: str) -> None:
    with translation.override(language):
        ours = written(source, "config.design.words")
        djangos = written(source, "django.templatetags.i18n")

    assert ours == djangos


def test_words_are_in_the_language_of_whoever_reads_not_of_who_came_first() -> None:
    page = engines["django"].from_string('{% load i18n %}{% translate "Privacy" %}')

    with translation.override("fr"):
        french = page.render()
    with translation.override("en"):
        english = page.render()

    assert (french, english) == ("Vie privée", "Privacy")


def test_plain_words_take_the_short_way() -> None:
    page = Engine(libraries={"i18n": "config.design.words"})

    nodes = page.from_string('{% load i18n %}{% translate "Privacy" %}').nodelist

    assert len(nodes.get_nodes_by_type(Words)) == 1
