"""GET /sites and GET /sites/{slug}."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sites.models import Closure, Equipment, Service, Site, Space, Stop
from tests.api.calls import Program, assert_problem
from tests.factories import (
    MONDAY,
    TUESDAY,
    at,
    make_commune,
    make_operator,
    make_site,
    make_space,
    open_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
EVERYBODY = Program()


def slugs(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [item["slug"] for item in response.json()["items"]]


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


def test_hours_that_touch_are_told_as_one() -> None:
    make_site(slug="one", hours=(("12:00", "00:00"), ("08:00", "12:00")))

    hours = EVERYBODY.get("/sites/one").json()["hours"]

    assert hours[0] == {"weekday": "monday", "opens_at": "08:00", "closes_at": "24:00"}
    assert len(hours) == 5


@pytest.mark.parametrize("words", ["%", "_", "';--", "\\", "zzz"])
def test_odd_words_find_nothing_and_break_nothing(words: str) -> None:
    make_site("Télécentre")

    assert slugs(EVERYBODY.get("/sites", q=words)) == []


def test_a_site_that_takes_no_bookings_is_not_there() -> None:
    make_site(slug="asleep", is_active=False)

    assert slugs(EVERYBODY.get("/sites")) == []
    assert_problem(EVERYBODY.get("/sites/asleep"), 404, "not_found")


@pytest.mark.parametrize("near", [{}, {"near": "48.3427,7.3029"}])
def test_pages_follow_each_other_without_gap_or_double(near: dict[str, str]) -> None:
    for number in range(5):
        make_site(slug=f"site-{number}", latitude=48.3 + number % 3 / 100)

    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = EVERYBODY.get("/sites", limit=2, **near, **cursor).json()
        seen += [item["slug"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert sorted(seen) == ["site-0", "site-1", "site-2", "site-3", "site-4"]


def test_a_site_that_appears_meanwhile_shifts_no_page() -> None:
    for slug in ("b", "c", "d"):
        make_site(slug=slug)
    following = EVERYBODY.get("/sites", limit=2).json()["next"]

    make_site(slug="a")

    assert slugs(EVERYBODY.get("/sites", limit=2, cursor=following)) == ["d"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("near", "48.3427"),
        ("near", "north,east"),
        ("near", "91,7"),
        ("near", "48,181"),
        ("near", "nan,inf"),
        ("near", "48.3427,7.3029\n"),
        ("near", "4٨,7"),
        ("radius_km", "0"),
        ("radius_km", "-1"),
        ("radius_km", "nan"),
        ("radius_km", "inf"),
        ("radius_km", "20101"),
        ("category", "castle"),
        ("space_kind", "bed"),
        ("q", "x" * 101),
        ("limit", "0"),
        ("limit", "501"),
        ("limit", "many"),
        ("cursor", "made-up"),
        ("cursor", "WyJhIl0:1abc:tampered"),
        ("cursor", "é" * 10),
        ("page", "2"),
    ],
)
def test_a_wrong_parameter_is_named(parameter: str, value: str) -> None:
    problem = assert_problem(EVERYBODY.get("/sites", **{parameter: value}), 422, "invalid_request")

    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_a_parameter_that_comes_twice_is_refused() -> None:
    response = EVERYBODY.get("/sites", category=["rural", "urban"])

    problem = assert_problem(response, 422, "invalid_request")
    assert problem["errors"][0]["code"] == "repeated"


def test_a_cursor_of_another_list_is_refused() -> None:
    make_site(slug="a")
    make_site(slug="b")
    cursor = EVERYBODY.get("/sites", limit=1).json()["next"]

    response = EVERYBODY.get("/sites", near="48,7", cursor=cursor)

    assert_problem(response, 422, "invalid_request")


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


def full_site() -> Site:
    """Make a site of which there is much to tell."""
    site = make_site(
        "Télécentre de Villé",
        slug="telecentre-de-ville",
        operator=make_operator("CC de la Vallée de Villé"),
        hours=(("08:00", "12:00"), ("13:30", "18:30")),
        host=Site.Host.TOWN_HALL,
        step_free_access=True,
        accessibility_note="Ramp at the back",
    )
    open_on(site, 5, ("09:00", "00:00"))
    site.services.add(Service.objects.create(code="printing", name="Printing"))
    return site


def test_one_site_tells_everything_but_how_to_get_in() -> None:
    site = full_site()
    Closure.objects.create(
        site=site, starts_at=at(TUESDAY, "08:00"), ends_at=at(TUESDAY, "12:00"), reason="Works"
    )
    Closure.objects.create(
        site=site, starts_at=at(MONDAY, "08:00"), ends_at=at(MONDAY, "09:00"), reason="Over"
    )

    response = EVERYBODY.get("/sites/telecentre-de-ville")
    body = response.json()

    assert b"1234" not in response.content
    assert "access_notes" not in body
    assert body["operator"] == "CC de la Vallée de Villé"
    assert body["hours"][0] == {"weekday": "monday", "opens_at": "08:00", "closes_at": "12:00"}
    assert body["hours"][-1] == {"weekday": "saturday", "opens_at": "09:00", "closes_at": "24:00"}
    assert len(body["hours"]) == 11
    assert body["closures"] == [
        {
            "starts_at": "2026-11-24T08:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
            "reason": "Works",
            "space": None,
        }
    ]
    assert body["connection"] == {
        "technology": "fibre",
        "download_mbps": 500,
        "upload_mbps": 300,
        "measured": None,
    }
    assert body["accessibility"] == {
        "step_free_access": True,
        "accessible_toilet": False,
        "accessible_parking": False,
        "hearing_loop": False,
        "note": "Ramp at the back",
    }
    assert body["services"] == [{"code": "printing", "name": "Printing", "lang": "fr"}]


def test_one_site_tells_its_spaces_and_the_units_of_numbered_ones_only() -> None:
    site = full_site()
    desks = make_space(site, units=3, name="Open space", position=1)
    desks.equipment.add(Equipment.objects.create(code="screen", name="Screen"))
    room = make_space(site, units=1, name="Room", kind=Space.Kind.MEETING_ROOM, is_fungible=False)
    make_space(site, is_active=False)

    body = EVERYBODY.get("/sites/telecentre-de-ville").json()

    assert body["spaces"][0]["units"] == [{"id": room.units.get().pk, "label": "1"}]
    assert body["spaces"][1] == {
        "id": desks.pk,
        "name": "Open space",
        "kind": "desk",
        "capacity": 3,
        "sold_by": "place",
        "is_fungible": True,
        "units_count": 3,
        "units": [],
        "limits": {"min_minutes": 30, "max_minutes": 1440, "advance_days": 90},
        "equipment": [{"code": "screen", "name": "Screen", "lang": "fr"}],
        "description": "",
    }
    assert len(body["spaces"]) == 2


def test_an_itinerant_site_tells_its_next_stops() -> None:
    site = make_site(slug="bus", hours=(), is_itinerant=True)
    Stop.objects.create(
        site=site,
        commune=make_commune("Saâles", "67421"),
        place="Place de la Mairie",
        latitude=48.3469,
        longitude=7.1086,
        starts_at=at(TUESDAY, "09:00"),
        ends_at=at(TUESDAY, "12:00"),
    )

    stops = EVERYBODY.get("/sites/bus").json()["stops"]

    assert stops == [
        {
            "starts_at": "2026-11-24T09:00:00+01:00",
            "ends_at": "2026-11-24T12:00:00+01:00",
            "place": "Place de la Mairie",
            "commune": "Saâles",
            "insee_code": "67421",
            "latitude": 48.3469,
            "longitude": 7.1086,
        }
    ]


def test_the_queries_of_one_site_do_not_grow_with_what_it_holds() -> None:
    site = make_site(slug="big")
    equipment = Equipment.objects.create(code="screen", name="Screen")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            EVERYBODY.get("/sites/big")
        return len(captured)

    for number in range(20):
        make_space(site, units=3).equipment.add(equipment)
        if number == 1:
            few = queries()

    assert queries() == few <= 8


@pytest.mark.parametrize("slug", ["nowhere", "%C3%A9", "x" * 60])
def test_an_unknown_slug_is_refused_as_a_problem(slug: str) -> None:
    response = EVERYBODY.get(f"/sites/{slug}")

    assert response.status_code in (404, 422)
    assert response["Content-Type"] == "application/problem+json"


def test_texts_come_in_the_asked_language_which_is_told() -> None:
    site = make_site(
        slug="moulin",
        description="Dans le moulin",
        directions="Bus 210",
        accessibility_note="Une marche",
        access_notes="Code 1234",
        other_words={
            "en": {
                "description": "In the mill",
                "accessibility_note": "One step",
                "access_notes": "Door code 1234",
            }
        },
    )
    terms = {"en": {"name": "Printing"}}
    site.services.create(code="printing", name="Impression", other_words=terms)

    english = EVERYBODY.get("/sites/moulin")
    asked = {"Accept-Language": "fr"}
    french = Client().get("/api/v1/sites/moulin", headers=asked).json()

    body = english.json()
    assert (body["description"], body["directions"]) == ("In the mill", "Bus 210")
    assert body["accessibility"]["note"] == "One step"
    assert body["languages"] == {
        "description": "en",
        "directions": "fr",
        "accessibility_note": "en",
    }
    assert body["services"] == [{"code": "printing", "name": "Printing", "lang": "en"}]
    assert b"1234" not in english.content
    assert (french["description"], french["languages"]["description"]) == ("Dans le moulin", "fr")


def test_sites_are_filtered_by_specialisation() -> None:
    make_site(slug="scierie").specialisations.create(code="wood", name="Filière bois")
    make_site(slug="other")

    found = EVERYBODY.get("/sites?specialisation=wood").json()["items"]

    assert [site["slug"] for site in found] == ["scierie"]
    assert EVERYBODY.get("/sites?specialisation=gold").json()["items"] == []
