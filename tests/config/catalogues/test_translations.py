"""Every sentence that the product says is said in French and German, with the same figures."""

import os
import re
import shutil
from gettext import translation as catalogue_of
from pathlib import Path

import allauth
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from config.catalogues import messages
from config.catalogues.messages import catalogue_path, complaints, read_catalogue, sources, texts

DU = re.compile(r"\b(?:du|dich|dir|dein\w*|gib|wähle|habe)\b", re.IGNORECASE)
PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext, pgettext_lazy
name = _("Desk")
asked = pgettext_lazy("verb", "Book")
def left(n): return ngettext("%(n)s place left", "%(n)s places left", n)
def open_days(n): return npgettext("of a week", "%(n)s day", "%(n)s days", n)
"""
TEMPLATE = """{% load i18n %}
<a title="{% translate 'Find a place' %}">{{ _("Near me") }}</a>
  {% blocktranslate trimmed with name=site.name %}
    Welcome to
    {{ name }}
  {% endblocktranslate %}
{% blocktranslate trimmed count n=units %}
  {{ n }} unit of 100 %
  {% plural %}
  {{ n }} units of 100 %
{% endblocktranslate %}
{% translate "Book" context "verb" %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sites").mkdir()
    (tmp_path / "templates" / "sites").mkdir(parents=True)
    (tmp_path / "sites" / "words.py").write_text(PYTHON, "utf-8")
    (tmp_path / "templates" / "sites" / "page.html").write_text(TEMPLATE, "utf-8")
    return tmp_path


def ids(found: Catalog) -> set[object]:
    return {message.id for message in found if message.id}


def of(*given: Message) -> Catalog:
    catalogue = Catalog(locale="fr")
    for message in given:
        catalogue[message.id] = message
    return catalogue


def write_one(locale: Path, language: str, *given: Message) -> None:
    catalogue = Catalog(locale=language)
    for message in given:
        catalogue[message.id] = message
    messages.write_catalogue(catalogue_path(language, locale), catalogue)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_message_is_translated(language: str) -> None:
    found = sources()

    wrong = complaints(found, read_catalogue(catalogue_path(language), language))

    assert len(ids(found)) > 300
    assert (len(wrong), wrong[:5]) == (0, [])


def test_every_language_of_the_pages_but_the_sources_own_is_checked() -> None:
    offered = {code for code, _name in settings.LANGUAGES}

    assert offered - {"en"} == set(messages.LANGUAGES)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_one_message_less_or_one_guess_in_any_catalogue_stops_the_check(
    tmp_path: Path, language: str
) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "words.py").write_text('words = _("Desk"), _("Day")', "utf-8")
    shutil.copytree(messages.LOCALE / messages.SOURCE, tmp_path / messages.SOURCE)
    for one in messages.LANGUAGES:
        write_one(tmp_path, one, Message("Desk", "Poste"), Message("Day", "Jour"))

    messages.check_catalogues(tmp_path, tmp_path)
    write_one(tmp_path, language, Message("Desk", "Poste", flags=["fuzzy"]))
    with pytest.raises(SystemExit) as stopped:
        messages.check_catalogues(tmp_path, tmp_path)

    assert set(str(stopped.value).splitlines()) == {
        f"{language}: 'Desk' is marked fuzzy",
        f"{language}: 'Day' is not translated",
    }


def test_messages_are_found_in_python(project: Path) -> None:
    found = ids(sources(project))

    assert {"Desk", "Book", ("%(n)s place left", "%(n)s places left")} <= found
    assert ("%(n)s day", "%(n)s days") in found


def test_messages_are_found_in_templates(project: Path) -> None:
    found = ids(sources(project))

    assert {"Find a place", "Near me", "Welcome to %(name)s"} <= found
    assert ("%(n)s unit of 100 %%", "%(n)s units of 100 %%") in found


def test_a_message_keeps_its_context(project: Path) -> None:
    message = sources(project).get("Book", "verb")

    assert message is not None
    assert message.context == "verb"


@pytest.mark.parametrize(
    ("translated", "wrong"),
    [
        (None, ["fr: 'Welcome to %(name)s' is not translated"]),
        (Message("Welcome to %(name)s", ""), ["fr: 'Welcome to %(name)s' is not translated"]),
        (
            Message("Welcome to %(name)s", "Bienvenue à %(name)s", flags=["fuzzy"]),
            ["fr: 'Welcome to %(name)s' is marked fuzzy"],
        ),
        (
            Message("Welcome to %(name)s", "Bienvenue à %(nom)s"),
            ["fr: 'Welcome to %(name)s' has not the placeholders %(name)s"],
        ),
        (Message("Welcome to %(name)s", "Bienvenue à %(name)s"), []),
    ],
)
def test_a_missing_or_broken_translation_is_told(
    translated: Message | None, wrong: list[str]
) -> None:
    found = of(Message("Welcome to %(name)s"))

    lines = complaints(found, of(*([translated] if translated else [])))

    assert lines == wrong


def test_both_forms_of_a_plural_are_wanted() -> None:
    found = of(Message(("{n} place", "{n} places")))

    half = complaints(found, of(Message(("{n} place", "{n} places"), ("{n} poste", ""))))
    numberless = complaints(
        found, of(Message(("{n} place", "{n} places"), ("un poste", "{n} postes")))
    )
    whole = complaints(found, of(Message(("{n} place", "{n} places"), ("{n} poste", "{n} postes"))))

    assert half == ["fr: '{n} place' is not translated"]
    assert numberless == ["fr: '{n} place' has not the placeholders {n}"]
    assert whole == []


def test_a_catalogue_is_compiled_again_when_it_is_newer(tmp_path: Path) -> None:
    path = catalogue_path("fr", tmp_path)
    messages.write_catalogue(path, of(Message("Desk", "Poste")))
    messages.compile_catalogues(tmp_path)
    messages.write_catalogue(path, of(Message("Desk", "Bureau")))
    os.utime(path, (2_000_000_000, 2_000_000_000))

    messages.compile_catalogues(tmp_path)

    compiled = catalogue_of("django", tmp_path, ["fr"])
    assert compiled.gettext("Desk") == "Bureau"


def test_writing_a_catalogue_again_changes_nothing(tmp_path: Path) -> None:
    path = catalogue_path("fr", tmp_path)
    messages.write_catalogue(path, of(Message("Desk", "Poste"), Message("Address", "Adresse")))
    first = path.read_text("utf-8")

    messages.write_catalogue(path, read_catalogue(path, "fr"))

    assert path.read_text("utf-8") == first
    assert first.index("Address") < first.index("Desk")


def test_no_sentence_of_allauth_that_people_may_read_says_du() -> None:
    package = Path(allauth.__file__).parent
    with (package / "locale/de/LC_MESSAGES/django.po").open("rb") as file:
        theirs = read_po(file, locale="de")
    shown = [
        texts(message.id)[0]
        for message in theirs
        for path, _line in message.locations
        if path.endswith(".py") and path.startswith(("account/", "mfa/", "usersessions/"))
    ]

    with translation.override("de"):
        said = [gettext(one) for one in shown if "sername" not in one]  # nobody has a user name

    assert len(said) > 50
    assert [one for one in said if DU.search(one)] == []
