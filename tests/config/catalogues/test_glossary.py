"""One word per thing in every language, and signs as French writes them."""

import csv

import pytest
from babel.messages.catalog import Catalog, Message

from config.catalogues import messages
from config.catalogues.glossary import GLOSSARY, flat, glossary, parted, wrong_words
from config.catalogues.messages import LANGUAGES, catalogue_path, read_catalogue, sources, wording
from config.catalogues.typography import loose_signs


@pytest.mark.parametrize("language", [*LANGUAGES, "en"])
def test_no_message_has_another_word_for_a_thing(language: str) -> None:
    catalogue = read_catalogue(catalogue_path(language), language)

    assert wording(sources(), catalogue, language) == []


@pytest.mark.parametrize(
    ("language", "said", "found", "word"),
    [
        ("fr", "Réserver une place", "place", "poste"),
        ("fr", "Les Places de la salle", "places", "poste"),
        ("fr", "Choisissez un lieu.", "lieu", "site"),
        ("fr", "Prochains arrêts", "arrêts", "halte"),
        ("fr", "La salle est fermée", "salle", "espace"),
        ("fr", "Ajouter à mon agenda", "agenda", "calendrier"),
        ("fr", "Votre adresse\u00a0électronique", "adresse électronique", "courriel"),
        ("fr", "Un e-mail, deux mails", "e-mail", "courriel"),
        ("fr", "Le gestionnaire du site", "gestionnaire", "exploitant"),
        ("fr", "Poste indisponible", "indisponible", "complet"),
        ("de", "Die Haltestelle in Villé", "haltestelle", "Halt"),
        ("de", "Eine Mail schreiben", "mail", "E-Mail"),
        ("de", "Ihre Mail-Adresse", "mail", "E-Mail"),
        ("de", "Ihre Reservierung", "reservierung", "Buchung"),
        ("en", "Your email address", "email", "e-mail"),
        ("en", "Add it to your agenda", "agenda", "calendar"),
        ("en", "This venue is closed", "venue", "site"),
    ],
)
def test_another_word_is_told_with_the_one_to_use(
    language: str, said: str, found: str, word: str
) -> None:
    lines = list(wrong_words("Message", [said], language))

    assert f"{language}: 'Message' says “{found}”: the word is “{word}”" in lines


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "il reste 3 places assises"),
        ("fr", "il reste %(places)s places"),
        ("fr", "Places libres cette semaine"),
        ("fr", "Salle de réunion, arrêt de bus, centre d’affaires"),
        ("fr", "Le conseil a lieu ici, au lieu de là-bas."),
        ("fr", "%(place)s"),
        ("fr", "`place`, <code>mail</code>, <a href='mailto:a@b.example'>écrire</a>"),
        ("fr", "Remplacer l’emplacement"),
        ("de", "Ihre E-Mail-Adresse"),
        ("en", "Your e-mail address"),
    ],
)
def test_a_word_may_stand_where_it_means_something_else(language: str, said: str) -> None:
    assert list(wrong_words("Message", [said], language)) == []


def test_both_forms_of_a_plural_are_read() -> None:
    lines = list(wrong_words("{n} desk", ["{n} poste", "{n} agendas"], "fr"))

    assert lines == ["fr: '{n} desk' says “agendas”: the word is “calendrier”"]


def test_a_planted_word_stops_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    planted, found = Catalog(locale="fr"), Catalog(locale="en")
    planted["Desk"] = Message("Desk", "Place")
    found.add("Desk")
    monkeypatch.setattr(messages, "sources", lambda root: found)
    monkeypatch.setattr(messages, "wanted", lambda root: {"fr": found})
    monkeypatch.setattr(messages, "read_catalogue", lambda path, language: planted)

    with pytest.raises(SystemExit) as stopped:
        messages.check_catalogues()

    assert stopped.value.code == "fr: 'Desk' says “place”: the word is “poste”"


def test_every_thing_has_its_word_in_each_language_and_forbids_none_of_them() -> None:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len({row["code"] for row in rows}) == len(rows) >= 25
    for language in ("fr", "de", "en"):
        for row in rows:
            forbidden = [flat(word) for word in parted(row[f"not_{language}"])]
            assert row[language]
            assert flat(row[language]) not in forbidden


def test_the_glossary_of_a_language_has_a_rule_per_thing() -> None:
    words = {rule.word for rule in glossary("fr")}

    assert {"poste", "site", "halte", "calendrier", "courriel", "responsable de site"} <= words


@pytest.mark.parametrize(
    "said",
    [
        "Attention : fermé",
        "Attention: fermé",
        "%(site)s: fermé",
        "Prêt ?",
        "Prêt?",
        "Oui ; non",
        "« oui\u00a0»",
        "«\u00a0oui »",
        "l'adresse",
        "Patience...",
        "mardi 1er décembre",
        "à 9 h",
        "de 20 % à 30\u00a0%",
        "de %(rate)s %% au plus",
    ],
)
def test_a_sign_that_french_writes_otherwise_is_told(said: str) -> None:
    assert len(list(loose_signs("Message", [said]))) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Attention\u00a0: «\u00a0fermé\u202f»\u202f!",
        "HH:MM, https://maillage.example, <a href='?on=1'>l’adresse</a>…",
        "Prêt\u00a0?",
        "mardi 1ᵉʳ décembre, 9\u00a0h",
    ],
)
def test_signs_with_their_spaces_are_right(said: str) -> None:
    assert list(loose_signs("Message", [said])) == []


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Ihre E-Mail", 1),
        ("Ihre E\u2011Mail-Adresse", 1),
        ("Ihre E\u2011Mail\u2011Adresse, 9\u201312 Uhr", 0),
    ],
)
def test_no_german_line_ends_after_the_e_of_a_mail(said: str, count: int) -> None:
    assert len(list(loose_signs("Message", [said], "de"))) == count
