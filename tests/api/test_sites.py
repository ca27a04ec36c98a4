"""GET /sites: which sites are found, and in which order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.models import Site, Space
from tests.api.calls import Program, assert_problem, slugs
from tests.factories import (
    make_commune,
    make_site,
    make_space,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
EVERYBODY = Program()


def test_sites_are_public_and_sorted_by_slug() -> None:
    make_site(slug="selestat", name="Sélestat")
    make_site(slug="barr", commune=make_commune("Barr", "67021"))

    response = EVERYBODY.get("/sites")

    assert response["Content-Type"] == "application/json"
    assert response.json()["items"][0] == {
        "slug": "barr",
        "name": Site.objects.get(slug="barr").name,
        "category": "rural",
        "commune": "Barr",
        "insee_code": "67021",
        "latitude": 48.3427,
        "longitude": 7.3029,
        "distance_km": None,
    }
    assert slugs(response) == ["barr", "selestat"]
    assert response.json()["next"] is None


def test_near_a_place_the_nearest_comes_first_with_its_distance() -> None:
    make_site(slug="far", latitude=48.4427)
    make_site(slug="close", latitude=48.3437)
    make_site(slug="outside", latitude=49.3427)

    response = EVERYBODY.get("/sites", near="48.3427,7.3029", radius_km="20")

    assert [(one["slug"], one["distance_km"]) for one in response.json()["items"]] == [
        ("close", 0.11),
        ("far", 11.12),
    ]


def test_the_corners_of_the_box_are_not_in_the_circle() -> None:
    make_site(slug="corner", latitude=48.3427 + 0.17, longitude=7.3029 + 0.26)

    assert slugs(EVERYBODY.get("/sites", near="48.3427,7.3029", radius_km="20")) == []
    assert slugs(EVERYBODY.get("/sites", near="48.3427,7.3029", radius_km="30")) == ["corner"]


def test_sites_are_filtered_by_category_and_by_kind_of_space() -> None:
    flagship = make_site(slug="flagship", category=Site.Category.FLAGSHIP)
    make_space(flagship, kind=Space.Kind.VIDEO_ROOM)
    rural = make_site(slug="rural")
    make_space(rural, kind=Space.Kind.VIDEO_ROOM, is_active=False)

    assert slugs(EVERYBODY.get("/sites", category="flagship")) == ["flagship"]
    assert slugs(EVERYBODY.get("/sites", space_kind="video_room")) == ["flagship"]
    assert slugs(EVERYBODY.get("/sites", space_kind="office")) == []


def test_sites_are_filtered_by_specialisation() -> None:
    make_site(slug="scierie").specialisations.create(code="wood", name="Filière bois")
    make_site(slug="other")

    found = EVERYBODY.get("/sites?specialisation=wood").json()["items"]

    assert [site["slug"] for site in found] == ["scierie"]
    assert EVERYBODY.get("/sites?specialisation=gold").json()["items"] == []


@pytest.mark.parametrize("words", ["sélestat", "SELESTAT", "Sele", "67600", "676", "atelier"])
def test_words_find_a_site_by_name_commune_or_postcode(words: str) -> None:
    commune = make_commune("Sélestat", "67462")
    make_site("L'Atelier des bords de l'Ill", slug="atelier", commune=commune, postal_code="67600")
    make_site("Other", slug="other", commune=make_commune("Barr"))

    assert slugs(EVERYBODY.get("/sites", q=words)) == ["atelier"]


@pytest.mark.parametrize(
    "words", ["Schlettstadt", "67600 SELESTAT CEDEX", "Sélestat, France", "Selestat Bas-Rhin"]
)
def test_words_find_a_commune_as_the_pages_do(words: str) -> None:
    commune = make_commune("Sélestat", "67462", postal_code="67600")
    commune.names.create(name="Schlettstadt", search_key="schlettstadt")
    make_site("L'Atelier", slug="atelier", commune=commune, postal_code="67600")
    make_site("Other", slug="other", commune=make_commune("Barr"))

    assert slugs(EVERYBODY.get("/sites", q=words)) == ["atelier"]


@pytest.mark.parametrize("words", ["%", "_", "';--", "\\", "zzz"])
def test_odd_words_find_nothing_and_break_nothing(words: str) -> None:
    make_site("Télécentre")

    assert slugs(EVERYBODY.get("/sites", q=words)) == []


def test_a_site_that_takes_no_bookings_is_not_there() -> None:
    make_site(slug="asleep", is_active=False)

    assert slugs(EVERYBODY.get("/sites")) == []
    assert_problem(EVERYBODY.get("/sites/asleep"), 404, "not_found")


def test_the_number_of_queries_does_not_grow_with_the_sites() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            EVERYBODY.get("/sites", near="48.3427,7.3029", space_kind="desk")
        return len(captured)

    for _number in range(2):
        make_space(make_site())
    few = queries()
    for _number in range(18):
        make_space(make_site())

    assert queries() == few == 1
