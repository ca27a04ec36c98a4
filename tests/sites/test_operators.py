"""A site is run by an organisation that takes part as an operator."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories import make_operator, make_organisation, make_site

pytestmark = pytest.mark.django_db


def test_a_site_of_an_operator_that_is_more_is_good() -> None:
    commune = make_organisation("Commune", "operator", "collectivity", "employer")

    make_site(operator=commune).full_clean()


def test_a_site_of_who_is_no_operator_is_refused_in_words() -> None:
    site = make_site(operator=make_organisation("Brasserie", "employer"))

    with pytest.raises(ValidationError) as refusal:
        site.full_clean()

    words = "Cette organisation ne participe pas en tant qu’exploitant."
    assert refusal.value.message_dict == {"operator": [words]}


def suggested(client: Client, term: str) -> list[Any]:
    asked = {"app_label": "sites", "model_name": "site", "field_name": "operator", "term": term}
    answer = client.get(reverse("admin:autocomplete"), asked)
    return [row["text"] for row in answer.json()["results"]]


def test_the_administration_suggests_operators_only_and_each_once(team: Client) -> None:
    make_organisation("Commune de Barr", "operator", "collectivity", "employer")
    make_organisation("Commune de Villé", "collectivity")
    make_operator("Fabrique")

    assert suggested(team, "Commune") == ["Commune de Barr"]
    assert sorted(suggested(team, "")) == ["Commune de Barr", "Fabrique"]
