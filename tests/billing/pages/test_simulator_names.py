"""Which site a name means in the simulator: the one called so, else one that is like it."""

import pytest
from django.test import Client

from tests.billing.pages.reading import simulated as ask
from tests.billing.tariffs import make_grid
from tests.factories import make_commune, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_a_site_that_is_called_so_is_meant_before_those_that_are_like_it(english: Client) -> None:
    make_grid()
    for name in ("Atelier du Val", "Le Val", "Val"):
        make_site(name)

    assert "Val – 2 days a week" in ask(english, site1="val")
    assert "Atelier du Val – 2 days a week" in ask(english, site1="atelier")


def test_a_piece_of_several_names_is_refused_with_the_names_to_choose(english: Client) -> None:
    make_grid()
    for name in ("Atelier A", "Atelier B", "Autre"):
        make_site(name)

    told = ask(english, site1="atelier")

    assert "Several sites are like “atelier”. Write which: Atelier A, Atelier B" in told
    assert "Autre" not in told.split("Write which: ")[1].split("Name of the site")[0]
    assert "for four weeks" not in told


def test_five_names_are_told_at_most(english: Client) -> None:
    make_grid()
    for number in range(1, 8):
        make_site(f"Atelier {number}")

    words = "Write which: Atelier 1, Atelier 2, Atelier 3, Atelier 4, Atelier 5, …"
    assert words in ask(english, site1="atelier")


def test_sites_of_one_name_are_told_apart_by_their_communes(english: Client) -> None:
    make_grid()
    for commune in ("Villé", "Erstein"):
        make_site("La Fabrique", commune=make_commune(commune))

    told = ask(english, site1="la fabrique")

    assert "Write which: La Fabrique (Villé), La Fabrique (Erstein)" in told
    assert "La Fabrique – 2 days a week" in ask(english, site1="La Fabrique (Erstein)")


@pytest.mark.parametrize(
    "typed", ["La Fabrique de Ville", "la fabrique DE-villé", "fabrique de vi"]
)
def test_a_site_is_meant_without_its_accents_capitals_and_hyphens(
    english: Client, typed: str
) -> None:
    make_grid()
    make_site("La Fabrique de Villé")

    assert "La Fabrique de Villé: " in ask(english, site1=typed)
