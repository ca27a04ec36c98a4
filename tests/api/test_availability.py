"""GET /availability."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.models import Site, Space
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.factories import (
    TUESDAY,
    interval,
    make_commune,
    make_site,
    make_space,
    make_stop,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
EVERYBODY = Program()
MORNING = {"starts_at": "2026-11-24T09:00:00+01:00", "ends_at": "2026-11-24T12:00:00+01:00"}


def free(**query: Any) -> list[Any]:
    response = EVERYBODY.get("/availability", **(MORNING | query))
    assert response.status_code == 200, response.content
    return [(item["space"]["name"], item["units_free"]) for item in response.json()["items"]]


def test_a_space_with_room_is_told_with_its_site() -> None:
    site = make_site("Télécentre", slug="ville", commune=make_commune("Villé", "67507"))
    space = make_space(site, units=8, name="Open space")

    response = EVERYBODY.get("/availability", near="48.30,7.30", **MORNING)

    assert response.json() == {
        "items": [
            {
                "space": {"id": space.pk, "name": "Open space", "kind": "desk", "capacity": 8},
                "site": {
                    "slug": "ville",
                    "name": "Télécentre",
                    "category": "rural",
                    "commune": "Villé",
                    "insee_code": "67507",
                    "latitude": 48.3427,
                    "longitude": 7.3029,
                    "distance_km": 4.75,
                },
                "units_free": 8,
            }
        ],
        "next": None,
    }


def test_what_is_booked_is_not_free_and_a_full_space_is_left_out() -> None:
    half = make_space(units=2, name="Half")
    full = make_space(units=1, name="Full")
    for space in (half, full):
        program_of(make_user()).post("/bookings", wish(space.pk, "11:00", "14:00"))

    assert free() == [("Half", 1)]
    assert free(ends_at="2026-11-24T11:00:00+01:00") == [("Half", 2), ("Full", 1)]


def test_kind_site_people_and_radius_narrow_the_search() -> None:
    make_space(make_site(slug="a"), units=2, name="Desks")
    make_space(make_site(slug="b", latitude=49.0), name="Room", kind=Space.Kind.MEETING_ROOM)

    assert free(space_kind="meeting_room") == [("Room", 1)]
    assert free(site="a") == [("Desks", 2)]
    assert free(people=3) == [("Room", 1)]
    assert free(near="48.3427,7.3029", radius_km=10) == [("Desks", 2)]
    assert free(site="nowhere") == []


def test_a_specialisation_of_the_site_narrows_the_search() -> None:
    sawmill = make_site(slug="sawmill")
    sawmill.specialisations.create(code="wood", name="Filière bois")
    make_space(sawmill, name="Bench")
    make_space(make_site(slug="other"), name="Desk")

    assert free(specialisation="wood") == [("Bench", 1)]
    assert free(specialisation="gold") == []


def test_a_time_over_two_ranges_that_touch_is_free() -> None:
    make_space(make_site(hours=(("08:00", "12:00"), ("12:00", "18:00"))), name="Desk")

    assert free(ends_at="2026-11-24T14:00:00+01:00") == [("Desk", 1)]


def test_the_whole_of_the_last_day_ahead_is_free_and_nothing_after_it() -> None:
    make_space(make_site(hours=(("00:00", "00:00"),)), name="Desk", advance_days=1)
    last = {"starts_at": "2026-11-24T23:00:00+01:00"}

    assert free(**last, ends_at="2026-11-25T00:00:00+01:00") == [("Desk", 1)]
    assert free(**last, ends_at="2026-11-25T00:30:00+01:00") == []


def test_outside_opening_hours_nothing_is_free() -> None:
    make_space()

    assert free(starts_at="2026-11-24T07:00:00+01:00") == []
    assert free(starts_at="2026-12-25T09:00:00Z", ends_at="2026-12-25T10:00:00Z") == []


def test_the_past_and_the_far_future_offer_nothing() -> None:
    make_space()

    assert free(starts_at="2026-11-20T09:00:00Z", ends_at="2026-11-20T10:00:00Z") == []
    assert free(starts_at="2028-11-20T09:00:00Z", ends_at="2028-11-20T10:00:00Z") == []


def test_an_itinerant_site_is_where_it_stands_that_day() -> None:
    bus = make_site(slug="bus", hours=(), is_itinerant=True, latitude=49.0)
    make_space(bus, name="Bus")
    stay, saales = interval(TUESDAY, "08:00", "13:00"), make_commune("Saâles", "67421")
    make_stop(bus, saales, stay, latitude=48.3469, longitude=7.1086)

    response = EVERYBODY.get("/availability", near="48.3469,7.1086", radius_km=5, **MORNING)

    (item,) = response.json()["items"]
    assert item["site"]["commune"] == "Saâles"
    assert item["site"]["insee_code"] == "67421"
    assert item["site"]["distance_km"] == 0


def test_a_plus_that_came_as_a_space_is_understood() -> None:
    make_space(name="Desk")

    response = EVERYBODY.client.get(
        "/api/v1/availability?starts_at=2026-11-24T09:00:00+01:00&ends_at=2026-11-24T12:00:00+01:00"
    )

    assert [item["space"]["name"] for item in response.json()["items"]] == ["Desk"]


@pytest.mark.parametrize("near", [{}, {"near": "48.3427,7.3029"}])
def test_pages_follow_each_other_without_gap_or_double(near: dict[str, str]) -> None:
    site = make_site()
    names = {make_space(site, name=f"Space {number}").name for number in range(5)}

    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = EVERYBODY.get("/availability", limit=2, **near, **cursor, **MORNING).json()
        seen += [item["space"]["name"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert len(seen) == 5
    assert set(seen) == names


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_at": "2026-11-24T09:00:00+01:00"}, "ends_before_start"),
        ({"ends_at": "2026-11-23T09:00:00+01:00"}, "ends_before_start"),
        ({"ends_at": "2199-11-24T09:00:00+01:00"}, "too_long"),
        ({"ends_at": "9999-12-31T23:59:59+01:00"}, "invalid_request"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "invalid_request"),
        ({"starts_at": "2026-11-24T09:00:00"}, "invalid_request"),
        ({"starts_at": "demain"}, "invalid_request"),
        ({"starts_at": ""}, "invalid_request"),
        ({"people": "0"}, "invalid_request"),
        ({"people": "99999999999999999999"}, "invalid_request"),
        ({"people": "two"}, "invalid_request"),
        ({"space_kind": "bed"}, "invalid_request"),
        ({"when": "tomorrow"}, "invalid_request"),
        ({"cursor": "made:up"}, "invalid_request"),
    ],
)
def test_a_nonsense_question_is_refused(change: dict[str, str], code: str) -> None:
    make_space()

    assert_problem(EVERYBODY.get("/availability", **(MORNING | change)), 422, code)


def test_both_ends_are_needed() -> None:
    problem = assert_problem(EVERYBODY.get("/availability"), 422, "invalid_request")

    assert [(error["parameter"], error["code"]) for error in problem["errors"]] == [
        ("starts_at", "missing"),
        ("ends_at", "missing"),
    ]


def test_the_number_of_queries_grows_neither_with_sites_nor_with_bookings() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            EVERYBODY.get("/availability", near="48.3427,7.3029", **MORNING)
        return len(captured)

    for _number in range(2):
        make_space(make_site(category=Site.Category.URBAN), units=3)
    few = queries()
    for _number in range(18):
        space = make_space(make_site(), units=3)
        program_of(make_user()).post("/bookings", wish(space.pk))

    assert queries() == few <= 5
