"""The same Idempotency-Key gets the first answer."""

import json

import pytest

from bookings.models import Booking
from tests.api.calls import assert_problem, program_of, wish
from tests.bookings.guard.throwaway import Template, run
from tests.factories import make_space, make_user


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
class TestOneAfterTheOther:
    def test_the_first_answer_comes_again(self) -> None:
        program, space = program_of(make_user()), make_space(units=3)

        first = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})
        again = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})

        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json() == first.json()
        assert again["Location"] == first["Location"]
        assert "Idempotent-Replayed" not in first
        assert again["Idempotent-Replayed"] == "true"
        assert Booking.objects.count() == 1

    def test_the_same_instants_written_otherwise_are_the_same_request(self) -> None:
        program, space = program_of(make_user()), make_space(units=3)
        other = wish(space.pk) | {"starts_at": "2026-11-24T08:00:00Z", "people": 1}

        first = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})
        again = program.post("/bookings", other, **{"Idempotency-Key": "k"})

        assert again.json() == first.json()

    def test_another_body_with_the_key_is_refused(self) -> None:
        program, space = program_of(make_user()), make_space(units=3)
        program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})

        response = program.post("/bookings", wish(space.pk, people=2), **{"Idempotency-Key": "k"})

        assert_problem(response, 422, "idempotency_key_reused")
        assert Booking.objects.count() == 1

    def test_a_refusal_comes_again_even_when_there_is_room_by_then(self) -> None:
        program, space = program_of(make_user()), make_space(units=1)
        taker = program_of(make_user())
        taken = taker.post("/bookings", wish(space.pk)).json()["reference"]
        first = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})
        taker.post(f"/bookings/{taken}/cancel")

        again = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})

        assert_problem(first, 409, "no_unit_free")
        assert_problem(again, 409, "no_unit_free")
        assert again.json() == first.json()

    def test_a_request_that_could_not_be_read_uses_up_no_key(self) -> None:
        program, space = program_of(make_user()), make_space()
        program.post("/bookings", {"space": space.pk}, **{"Idempotency-Key": "k"})

        response = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})

        assert response.status_code == 201

    def test_the_same_key_of_another_person_is_another_key(self) -> None:
        space = make_space(units=2)

        for _number in range(2):
            program = program_of(make_user())
            response = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "k"})
            assert response.status_code == 201

        assert Booking.objects.count() == 2

    @pytest.mark.parametrize("key", ["x" * 256, "a b", "é", "tab\tbed"])
    def test_a_key_out_of_bounds_is_refused(self, key: str) -> None:
        program, space = program_of(make_user()), make_space()

        response = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": key})

        problem = assert_problem(response, 422, "invalid_request")
        assert problem["errors"][0]["parameter"] == "Idempotency-Key"

    def test_a_key_of_255_characters_is_taken(self) -> None:
        program, space = program_of(make_user()), make_space()

        response = program.post("/bookings", wish(space.pk), **{"Idempotency-Key": "x" * 255})

        assert response.status_code == 201


def test_all_at_once_make_one_booking_and_get_one_answer(template: Template) -> None:
    with template.copy() as url:
        found = json.loads(run("-m", "tests.api.idempotency_race", url=url).splitlines()[-1])

    assert found["statuses"] == [201]
    assert len(found["bodies"]) == 1
    assert found["fresh"] == 1
    assert found["bookings"] == 1
