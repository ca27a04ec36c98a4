"""What territories are called in menus: one of them, and several."""

import pytest
from django.utils import translation

from network.models import Departement, Epci


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ["EPCI", "EPCI", "département", "départements"]),
        (
            "de",
            ["Gemeindeverband (EPCI)", "Gemeindeverbände (EPCI)", "Département", "Départements"],
        ),
        ("en", ["EPCI", "EPCI", "département", "départements"]),
    ],
)
def test_one_and_several_have_their_names(language: str, names: list[str]) -> None:
    with translation.override(language):
        said = [
            str(name)
            for model in (Epci, Departement)
            for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        ]

    assert said == names
