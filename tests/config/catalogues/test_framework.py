"""What Django and allauth say shows through in our words, in every language."""

from datetime import date
from pathlib import Path
from typing import Any

import allauth
import django
import pytest
from allauth.account.models import EmailAddress
from babel.messages.catalog import Catalog
from django.contrib.auth.password_validation import password_validators_help_texts
from django.forms import DateField
from django.test import Client
from django.utils import translation

from config.catalogues.messages import framework_sources, read_catalogue, texts
from tests.network.people import PASSWORD, confirm_it_is_me, make_member, sign_in
from tests.words import plain

LOGIN, SIGN_UP = "/account/login/password/", "/account/signup/"
FRENCH = {"accept-language": "fr"}
ENGLISH = {"accept-language": "en"}


def errors(answer: Any) -> dict[str, list[str]]:
    """Return what stands at each field of an answer's form, and ("__all__") above."""
    return {
        name: [plain(one) for one in several]
        for name, several in answer.context["form"].errors.items()
    }


def labels(answer: Any) -> list[str]:
    return [str(field.label) for field in answer.context["form"]]


def ids(catalogue: Catalog) -> set[str]:
    return {texts(message.id)[0] for message in catalogue if message.id}


def test_every_sentence_is_still_one_of_the_frameworks() -> None:
    theirs: set[str] = set()
    for folder in (Path(django.__file__).parent, Path(allauth.__file__).parent):
        for path in folder.rglob("locale/en/LC_MESSAGES/django*.po"):
            theirs |= ids(read_catalogue(path, "en"))

    ours = ids(framework_sources())

    assert ours - theirs == set()
    assert len(ours) > 50


@pytest.mark.django_db
class TestSigningIn:
    @pytest.mark.parametrize(
        ("headers", "words"),
        [
            (FRENCH, ["Adresse de courriel", "Mot de passe", "Rester connecté sur cet appareil"]),
            (ENGLISH, ["E-mail address", "Password", "Stay signed in on this device"]),
        ],
    )
    def test_its_fields_have_our_names(
        self, client: Client, headers: dict[str, str], words: list[str]
    ) -> None:
        assert labels(client.get(LOGIN, headers=headers)) == words

    @pytest.mark.parametrize(
        ("headers", "words"),
        [(FRENCH, "Il manque une réponse ici."), (ENGLISH, "An answer is missing here.")],
    )
    def test_an_empty_field_is_told(
        self, client: Client, headers: dict[str, str], words: str
    ) -> None:
        answer = client.post(LOGIN, {}, headers=headers)

        assert errors(answer) == {"login": [words], "password": [words]}

    @pytest.mark.parametrize(
        ("headers", "words"),
        [
            (FRENCH, "Cette adresse et ce mot de passe ne vont pas ensemble : vérifiez-les."),
            (ENGLISH, "This address and this password do not go together: check both."),
        ],
    )
    def test_a_wrong_password_is_told(
        self, client: Client, headers: dict[str, str], words: str
    ) -> None:
        wrong = {"login": "ada@maillage.example", "password": "wrong"}

        assert errors(client.post(LOGIN, wrong, headers=headers)) == {"__all__": [words]}


@pytest.mark.django_db
def test_a_password_easily_guessed_is_told_why(client: Client) -> None:
    weak = {"email": "ada@maillage.example", "name": "Ada", "password1": "1234"}

    assert errors(client.post(SIGN_UP, weak, headers=FRENCH)) == {
        "password1": [
            "Ce mot de passe est trop court : il faut au moins 8 caractères.",
            "Ce mot de passe est trop répandu : choisissez-en un plus personnel.",
            "Ce mot de passe n’a que des chiffres : ajoutez des lettres.",
        ]
    }


@pytest.mark.django_db
def test_a_name_too_long_is_told_with_the_figures(client: Client) -> None:
    long = {"email": "ada@maillage.example", "name": "a" * 151, "password1": PASSWORD}

    assert errors(client.post(SIGN_UP, long, headers=FRENCH)) == {
        "name": ["C’est trop long : 150 caractères au plus, et non 151."]
    }


@pytest.mark.django_db
def test_somebody_elses_guess_of_a_password_is_told(client: Client) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)
    asked = {"oldpassword": "wrong", "password1": "betterave au sel", "password2": "autre chose"}

    answer = client.post("/account/password/change/", asked)

    assert errors(answer) == {
        "oldpassword": ["Ce n’est pas votre mot de passe actuel."],
        "password2": ["Les deux mots de passe ne sont pas les mêmes."],
    }
    assert labels(answer)[:3] == [
        "Mot de passe actuel",
        "Nouveau mot de passe",
        "Nouveau mot de passe, encore une fois",
    ]


@pytest.mark.django_db
def test_the_own_address_is_told_as_such(client: Client) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)
    asked = {"action_add": "", "email": "ada@maillage.example"}

    answer = client.post("/account/email/", asked)

    assert errors(answer) == {"email": ["C’est déjà l’adresse de votre compte."]}


@pytest.mark.django_db
def test_a_search_that_cannot_be_read_says_how_to_write_it(client: Client) -> None:
    asked = {"on": "zz", "starts": "25", "people": "0", "kind": "boat"}

    told = errors(client.get("/search/", asked, headers=FRENCH))

    assert told["on"] == ["Cette date n’est pas lisible : écrivez-la ainsi, 24/11/2026."]
    assert told["starts"] == ["Cette heure n’est pas lisible : écrivez-la ainsi, 14:30."]
    assert told["people"] == ["Pas moins de 1."]
    assert told["kind"] == ["« boat » n’est pas dans la liste : choisissez-y une réponse."]


@pytest.mark.parametrize(
    ("language", "example"), [("fr", "24/11/2026"), ("en", "2026-11-24"), ("de", "24.11.2026")]
)
def test_the_date_given_as_an_example_is_understood(language: str, example: str) -> None:
    with translation.override(language):
        assert DateField().clean(example) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "adresse de courriel"),
        ("de", "E\N{NON-BREAKING HYPHEN}Mail\N{NON-BREAKING HYPHEN}Adresse"),
        ("en", "e-mail address"),
    ],
)
def test_the_administration_names_addresses_as_the_pages_do(language: str, words: str) -> None:
    with translation.override(language):
        assert str(EmailAddress._meta.verbose_name) == words


def test_what_a_password_must_be_is_said_in_our_words() -> None:
    with translation.override("fr"):
        words = password_validators_help_texts()

    assert words == [
        "Il ne ressemble pas à vos autres données.",
        "Il a au moins 8 caractères.",
        "Il ne fait pas partie des plus répandus.",
        "Il n’a pas que des chiffres.",
    ]
