"""The words of other languages are asked for in the language of who writes them."""

import re

import pytest
from django.test import Client

from network.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "groups", "label"),
    [
        ("fr", ["Allemand", "Anglais"], "Description (allemand)"),
        ("de", ["Deutsch", "Englisch"], "Beschreibung (Deutsch)"),
        ("en", ["German", "English"], "Description (German)"),
    ],
)
def test_languages_are_named_in_the_readers_own(
    team: Client, language: str, groups: list[str], label: str
) -> None:
    User.objects.update(language=language)

    page = team.get("/admin/sites/site/add/").content.decode()

    headings = [one.strip() for one in re.findall(r"<summary>.*?>([^<]+)</h2>", page, re.DOTALL)]
    labels = re.findall(r'<label[^>]*for="id_description_de"[^>]*>([^<]+?):?</label>', page)
    assert headings == groups
    assert [one.strip("\u00a0 :") for one in labels] == [label]
