"""POST /bookings/{reference}/cancel."""

from typing import Any

import pytest

from bookings.models import Allocation
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.factories import make_manager, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def booked(program: Program, space_id: int) -> str:
    return str(program.post("/bookings", wish(space_id)).json()["reference"])


def test_a_cancelled_booking_gives_its_place_to_the_next() -> None:
    space = make_space(units=1)
    program = program_of(make_user())
    reference = booked(program, space.pk)

    response = program.post(f"/bookings/{reference}/cancel")

    assert response.status_code == 200
    assert response.json()["status"] == "cancelled"
    assert program_of(make_user()).post("/bookings", wish(space.pk)).status_code == 201


def test_cancelling_twice_is_409() -> None:
    program = program_of(make_user())
    reference = booked(program, make_space().pk)
    program.post(f"/bookings/{reference}/cancel")

    assert_problem(program.post(f"/bookings/{reference}/cancel"), 409, "already_cancelled")


def test_a_booking_that_has_begun_cannot_be_cancelled(frozen: Any) -> None:
    program = program_of(make_user())
    reference = booked(program, make_space().pk)
    frozen.move_to("2026-11-24T09:00:00+01:00")

    assert_problem(program.post(f"/bookings/{reference}/cancel"), 409, "already_started")
    assert Allocation.objects.confirmed().count() == 1


def test_a_body_as_forms_send_it_does_no_harm() -> None:
    program = program_of(make_user())
    reference = booked(program, make_space().pk)

    response = program.client.post(f"/api/v1/bookings/{reference}/cancel", headers=program.headers)

    assert response.status_code == 200


def test_only_its_person_and_the_sites_manager_may_cancel() -> None:
    site = make_site()
    reference = booked(program_of(make_user()), make_space(site).pk)
    path = f"/bookings/{reference}/cancel"

    assert_problem(program_of(make_user()).post(path), 404, "not_found")
    assert_problem(program_of(make_manager(make_site())).post(path), 404, "not_found")
    assert_problem(Program().post(path), 401, "unauthorised")
    assert program_of(make_manager(site)).post(path).status_code == 200


@pytest.mark.parametrize("reference", ["0000000000", "nope", "ÉÉÉÉÉÉÉÉÉÉ"])
def test_an_unknown_reference_is_refused(reference: str) -> None:
    response = program_of(make_user()).post(f"/bookings/{reference}/cancel")

    assert response.status_code in (404, 422)
    assert response["Content-Type"] == "application/problem+json"
