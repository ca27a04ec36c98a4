"""PATCH /bookings/{reference}."""

from typing import Any

import pytest

from bookings.actions import book
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_manager,
    make_site,
    make_space,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
AFTERNOON = {"starts_at": "2026-11-24T14:00:00+01:00", "ends_at": "2026-11-24T18:00:00+01:00"}


def booked(program: Program, space: Space, **fields: Any) -> str:
    response = program.post("/bookings", wish(space.pk, **fields))
    assert response.status_code == 201, response.content
    return str(response.json()["reference"])


def test_the_time_is_changed_and_the_rest_kept(program: Program) -> None:
    space = make_space(units=3)
    reference = booked(program, space, people=2, note="Two of us")

    response = program.patch(f"/bookings/{reference}", AFTERNOON)

    assert response.status_code == 200
    body = response.json()
    assert (body["reference"], body["people"]) == (reference, 2)
    assert body["starts_at"] == "2026-11-24T14:00:00+01:00"
    assert body["ends_at"] == "2026-11-24T18:00:00+01:00"
    assert Booking.objects.get().note == "Two of us"
    assert Booking.objects.get().sequence == 1


@pytest.mark.parametrize(
    ("change", "starts", "ends"),
    [
        ({"ends_at": "2026-11-24T13:00:00+01:00"}, "09:00", "13:00"),
        ({"starts_at": "2026-11-24T10:00:00+01:00"}, "10:00", "12:00"),
        ({"note": "Later"}, "09:00", "12:00"),
        ({"people": 2}, "09:00", "12:00"),
    ],
)
def test_one_field_is_enough(
    program: Program, change: dict[str, object], starts: str, ends: str
) -> None:
    reference = booked(program, make_space(units=3))

    body = program.patch(f"/bookings/{reference}", change).json()

    assert body["starts_at"] == f"2026-11-24T{starts}:00+01:00"
    assert body["ends_at"] == f"2026-11-24T{ends}:00+01:00"


def test_a_booking_moves_to_another_space(program: Program) -> None:
    reference = booked(program, make_space())
    other = make_space(make_site(slug="elsewhere"))

    body = program.patch(f"/bookings/{reference}", {"space": other.pk}).json()

    assert (body["space"], body["site"]) == (other.pk, "elsewhere")


def test_the_numbered_unit_is_kept_unless_any_will_do(program: Program) -> None:
    space = make_space(units=2, is_fungible=False)
    first, second = space.units.order_by("pk")
    reference = booked(program, space, unit=second.pk)

    kept = program.patch(f"/bookings/{reference}", AFTERNOON).json()
    chosen = program.patch(f"/bookings/{reference}", {"unit": first.pk}).json()
    program_of(make_user()).post("/bookings", wish(space.pk, unit=first.pk))
    refused = program.patch(f"/bookings/{reference}", wish(space.pk))
    moved = program.patch(f"/bookings/{reference}", wish(space.pk, unit=None)).json()

    assert (kept["unit"], chosen["unit"]) == (second.pk, first.pk)
    assert_problem(refused, 409, "no_unit_free")
    assert moved["unit"] == second.pk


def test_a_refused_change_leaves_everything_as_it_was(program: Program) -> None:
    space = make_space(units=1)
    reference = booked(program, space)
    booked(program_of(make_user()), space, starts="14:00", ends="16:00")

    response = program.patch(f"/bookings/{reference}", AFTERNOON)

    assert_problem(response, 409, "no_unit_free")
    body = program.get(f"/bookings/{reference}").json()
    assert body["starts_at"] == "2026-11-24T09:00:00+01:00"
    assert Booking.objects.get(reference=reference).allocations.count() == 1


def test_a_refused_change_names_other_sites_where_the_booking_can_go(
    program: Program, person: User
) -> None:
    site = make_site()
    space = make_space(site, units=1)
    other = make_space(make_site(latitude=site.latitude + 0.1), units=2)
    path = f"/bookings/{booked(program, space)}"
    booked(program_of(make_user()), space, starts="12:00", ends="14:00")
    longer = {"ends_at": "2026-11-24T13:00:00+01:00"}

    refused = assert_problem(program.patch(path, longer), 409, "no_unit_free")
    (told,) = refused["alternatives"]
    moved = program.patch(path, longer | {"space": told["space"]["id"]}).json()

    assert "url" not in told
    assert (moved["space"], moved["times"]) == (other.pk, told["times"])


def test_a_sites_manager_is_not_told_where_else_their_guest_could_go(program: Program) -> None:
    site = make_site()
    space = make_space(site, units=1)
    make_space(units=2)
    reference = booked(program, space)
    booked(program_of(make_user()), space, starts="14:00", ends="16:00")

    refused = program_of(make_manager(site)).patch(f"/bookings/{reference}", AFTERNOON)

    assert "alternatives" not in assert_problem(refused, 409, "no_unit_free")


def test_several_times_become_one_only_when_both_ends_are_sent(
    program: Program, person: User
) -> None:
    space = make_space()
    morning = interval(TUESDAY, "09:00", "12:00")
    afternoon = interval(TUESDAY, "14:00", "16:00")
    booking = book(
        wish=Wish(space_id=space.pk, intervals=(morning, afternoon)),
        person=person,
        by=person,
        now=NOW,
    )
    path = f"/bookings/{booking.reference}"

    noted = program.patch(path, {"note": "Lunch out"})
    refused = program.patch(path, {"ends_at": "2026-11-24T17:00:00+01:00"})

    mine = Allocation.objects.filter(booking=booking)
    assert noted.status_code == 200
    assert mine.count() == 2
    problem = assert_problem(refused, 422, "invalid_request")
    assert problem["errors"][0]["pointer"] == "#/starts_at"
    assert program.patch(path, AFTERNOON).status_code == 200
    assert mine.count() == 1


def test_rules_refuse_a_change_as_they_refuse_a_booking(program: Program) -> None:
    reference = booked(program, make_space(units=2))
    path = f"/bookings/{reference}"

    assert_problem(program.patch(path, {"people": 3}), 422, "capacity_exceeded")
    backwards = {"ends_at": "2026-11-24T08:00:00+01:00"}
    assert_problem(program.patch(path, backwards), 422, "ends_before_start")
    assert_problem(program.patch(path, {"space": 987_654}), 404, "not_found")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"starts_at": None},
        {"people": None},
        {"space": None},
        {"reference": "7K3MQ0XW5D"},
        {"status": "confirmed"},
        {"starts_at": "2026-11-24T09:00:00"},
    ],
)
def test_a_change_of_nothing_or_of_what_cannot_change_is_refused(
    program: Program, change: dict[str, object]
) -> None:
    reference = booked(program, make_space())

    assert_problem(program.patch(f"/bookings/{reference}", change), 422, "invalid_request")


def test_a_cancelled_booking_and_a_begun_one_stay_as_they_are(
    program: Program, frozen: Any
) -> None:
    cancelled = booked(program, make_space())
    program.post(f"/bookings/{cancelled}/cancel")
    begun = booked(program, make_space())
    frozen.move_to("2026-11-24T09:30:00+01:00")

    assert_problem(program.patch(f"/bookings/{cancelled}", AFTERNOON), 409, "already_cancelled")
    assert_problem(program.patch(f"/bookings/{begun}", AFTERNOON), 409, "already_started")


def test_a_stranger_does_not_see_it_and_the_sites_manager_may_change_it(
    program: Program,
) -> None:
    site = make_site()
    reference = booked(program, make_space(site))
    path = f"/bookings/{reference}"

    stranger = program_of(make_user()).patch(path, AFTERNOON)
    manager = program_of(make_manager(site)).patch(path, AFTERNOON)

    assert_problem(stranger, 404, "not_found")
    assert manager.status_code == 200
    assert Booking.objects.get().person.pk != make_user().pk


def test_who_made_it_for_somebody_else_sees_it_but_may_not_change_it(
    program: Program, person: User
) -> None:
    reference = booked(program, make_space())
    maker = make_user()
    Booking.objects.update(booked_by=maker)

    assert program_of(maker).get(f"/bookings/{reference}").status_code == 200
    refused = program_of(maker).patch(f"/bookings/{reference}", AFTERNOON)
    assert_problem(refused, 403, "forbidden")
    assert Booking.objects.get().person == person
