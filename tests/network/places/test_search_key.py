import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from network.models import Commune, PostalCode
from network.rules import plain_words, search_key
from tests.factories import make_commune

pytestmark = pytest.mark.django_db
FRENCH = st.text(alphabet="aàâbcçdeéèêëiîïoôœuùûüÿæßSTEst-'’ .0123456789", max_size=30)


@given(st.text(max_size=40) | FRENCH)
def test_reading_a_key_again_changes_nothing(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(max_size=40) | FRENCH)
def test_a_key_has_neither_capitals_nor_marks_nor_doubled_spaces(text: str) -> None:
    key = search_key(text)

    assert key == " ".join(key.split())
    assert all(char.isalnum() or char == " " for char in key)
    assert key == key.casefold()


@given(FRENCH)
def test_capitals_hyphens_and_apostrophes_do_not_change_the_key(text: str) -> None:
    typed = text.upper().replace("-", " ").replace("'", "’")

    assert search_key(typed) == search_key(text)


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("STE MARIE AUX MINES", "Sainte-Marie-aux-Mines"),
        ("st-louis", "Saint-Louis"),
        ("selestat", "Sélestat"),
        ("l hopital", "L’Hôpital"),
        ("Oeting", "Œting"),
        ("Strassburg", "Straßburg"),
        ("  Orbey  ", "Orbey"),
    ],
)
def test_a_name_as_typed_has_the_key_of_the_official_one(typed: str, official: str) -> None:
    assert search_key(typed) == search_key(official)


def test_an_abbreviated_saint_is_a_word_of_its_own() -> None:
    assert search_key("Strasbourg") == "strasbourg"
    assert search_key("Benest") == "benest"
    assert plain_words("St-Louis") == "st louis"


def names(text: str) -> list[str]:
    return [commune.name for commune in Commune.objects.matching(text)]


def test_the_very_name_comes_first_then_beginnings_then_other_words() -> None:
    make_commune("Basse-Ville", population=90_000)
    make_commune("Villers-lès-Nancy", population=14_000)
    make_commune("Villerupt", population=9_000)
    make_commune("Villé", population=1_799)

    assert names("ville") == ["Villé", "Villers-lès-Nancy", "Villerupt", "Basse-Ville"]


def test_st_is_both_a_saint_and_the_start_of_strasbourg() -> None:
    make_commune("Strasbourg", population=290_000)
    make_commune("Saint-Louis", population=22_000)
    make_commune("Thann", population=7_000)

    assert names("st") == ["Strasbourg", "Saint-Louis"]


def test_a_word_inside_the_name_is_found_but_not_the_middle_of_a_word() -> None:
    make_commune("La Petite-Pierre")

    assert names("petite pierre") == ["La Petite-Pierre"]
    assert names("ierre") == []


def test_the_start_of_a_postcode_finds_each_commune_once() -> None:
    strasbourg = make_commune("Strasbourg", postal_code="67000", population=290_000)
    PostalCode.objects.create(commune=strasbourg, code="67100")
    make_commune("Villé", postal_code="67220")

    assert names("67") == ["Strasbourg", "Villé"]
    assert names("672") == ["Villé"]


def test_a_name_with_its_postcode_needs_both() -> None:
    make_commune("Bouxwiller", insee_code="67061", postal_code="67330")
    make_commune("Bouxwiller", insee_code="68049", postal_code="68480")

    found = Commune.objects.matching("Bouxwiller (68480)")

    assert [commune.insee_code for commune in found] == ["68049"]


@pytest.mark.parametrize("text", ["", "   ", "-", "%", "_", "x" * 60_000, "\x00", "67220 Colmar"])
def test_nonsense_finds_nothing(text: str) -> None:
    make_commune("Villé", postal_code="67220")

    assert names(text) == []


def test_a_search_is_one_query() -> None:
    make_commune("Villé", postal_code="67220")
    names("Once the names of départements are known")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert names("Ville 67220") == ["Villé"]

    assert len(queries) == 1
