"""The administration's scripts speak the reader's language, in every word."""

import json
import re

import pytest
from django.test import Client

from network.models import User

pytestmark = pytest.mark.django_db
CHOOSE = 'Choose %s by selecting them and then select the "Choose" arrow button.'


def words_for(client: Client, language: str) -> dict[str, str]:
    User.objects.update(language=language)
    script = client.get("/admin/jsi18n/").content.decode()
    found = re.search(r"const newcatalog = (\{.*?\});", script, re.DOTALL)
    words: dict[str, str] = json.loads(found[1]) if found else {}
    return words


@pytest.mark.parametrize(
    ("language", "choose", "choose_all"),
    [
        ("fr", "Choisissez %s, puis la flèche « Choisir ».", "Tout choisir : %s"),
        ("de", "Wählen Sie %s aus, dann den Pfeil „Auswählen“.", "Alle auswählen: %s"),
        ("en", "Choose %s, then the arrow “Choose”.", "Choose all: %s"),
    ],
)
def test_a_list_to_pick_from_is_told_in_the_readers_language(
    team: Client, language: str, choose: str, choose_all: str
) -> None:
    words = words_for(team, language)

    assert (words[CHOOSE], words["Choose all %s"]) == (choose, choose_all)


def test_no_word_of_a_script_is_french_for_a_german(team: Client) -> None:
    french, german = words_for(team, "fr"), words_for(team, "de")

    same = {message for message, words in german.items() if words == french.get(message)}

    assert len(german) > 40
    assert same == {"May"}
