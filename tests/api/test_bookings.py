"""GET /bookings and GET /bookings/{reference}."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Booking
from network.models import User
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.factories import make_manager, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def booked(program: Program, space_id: int, day: int) -> str:
    response = program.post(
        "/bookings",
        {
            "space": space_id,
            "starts_at": f"2026-11-{day}T09:00:00+01:00",
            "ends_at": f"2026-11-{day}T12:00:00+01:00",
        },
    )
    assert response.status_code == 201, response.content
    return str(response.json()["reference"])


def references(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [item["reference"] for item in response.json()["items"]]


def test_ones_own_bookings_come_latest_start_first(program: Program) -> None:
    space = make_space(units=2)
    tuesday, thursday = booked(program, space.pk, 24), booked(program, space.pk, 26)
    wednesday = booked(program, space.pk, 25)
    booked(program_of(make_user()), space.pk, 24)

    assert references(program.get("/bookings")) == [thursday, wednesday, tuesday]


def test_a_manager_does_not_find_guests_in_their_own_list(program: Program) -> None:
    site = make_site()
    reference = booked(program, make_space(site).pk, 24)
    manager = program_of(make_manager(site))

    assert references(manager.get("/bookings")) == []
    assert manager.get(f"/bookings/{reference}").status_code == 200


def test_bookings_are_filtered_by_state_and_by_time(program: Program, frozen: Any) -> None:
    space = make_space()
    past, cancelled = booked(program, space.pk, 24), booked(program, space.pk, 26)
    coming = booked(program, space.pk, 27)
    program.post(f"/bookings/{cancelled}/cancel")
    frozen.move_to("2026-11-24T12:00:00+01:00")

    assert references(program.get("/bookings", when="past")) == [past]
    assert references(program.get("/bookings", when="upcoming")) == [coming, cancelled]
    assert references(program.get("/bookings", status="cancelled")) == [cancelled]
    both = program.get("/bookings", when="upcoming", status="confirmed")
    assert references(both) == [coming]


def test_pages_are_stable_while_bookings_are_added(program: Program) -> None:
    space = make_space()
    first, second, third = (booked(program, space.pk, day) for day in (24, 25, 26))
    page = program.get("/bookings", limit=2).json()

    booked(program, space.pk, 27)

    following = program.get("/bookings", limit=2, cursor=page["next"])
    assert [item["reference"] for item in page["items"]] == [third, second]
    assert references(following) == [first]
    assert following.json()["next"] is None


def test_the_same_start_twice_is_neither_lost_nor_doubled(program: Program, person: User) -> None:
    for kind in ("desk", "office", "workshop"):
        program.post("/bookings", wish(make_space(kind=kind, capacity=2).pk))
    assert Booking.objects.of(person).count() == 3

    first = program.get("/bookings", limit=2).json()
    second = program.get("/bookings", limit=2, cursor=first["next"]).json()

    seen = [item["reference"] for page in (first, second) for item in page["items"]]
    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("status", "lost"),
        ("when", "now"),
        ("limit", "0"),
        ("cursor", "made-up"),
        ("person", "1"),
    ],
)
def test_a_wrong_filter_is_named(program: Program, parameter: str, value: str) -> None:
    problem = assert_problem(program.get("/bookings", **{parameter: value}), 422, "invalid_request")

    assert problem["errors"][0]["parameter"] == parameter


def test_the_number_of_queries_does_not_grow_with_the_bookings(
    program: Program, person: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            program.get("/bookings")
        return len(captured)

    for day in (24, 25):
        booked(program, make_space(is_fungible=False).pk, day)
    few = queries()
    for _number in range(18):
        booked(program_of(make_user()), make_space(is_fungible=False).pk, 24)
    Booking.objects.update(person=person)

    assert Booking.objects.of(person).count() == 20
    assert queries() == few == 7


def test_a_stranger_finds_nothing_behind_a_reference(program: Program) -> None:
    reference = booked(program, make_space().pk, 24)

    assert_problem(program_of(make_user()).get(f"/bookings/{reference}"), 404, "not_found")
    assert_problem(program.get("/bookings/0000000000"), 404, "not_found")
    assert program.get(f"/bookings/{reference}").json()["reference"] == reference
