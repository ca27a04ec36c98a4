"""A program that says what it expects to pay pays no more: nothing is done, and it is told."""

from datetime import timedelta
from typing import Any

import pytest

from billing.models import Charge, TariffGrid
from billing.prices.durations import Duration
from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.api.calls import Program, assert_problem, program_of
from tests.billing.charging.turns import all_adds_up, make_pass
from tests.billing.tariffs import local_price, make_grid
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, at, interval, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING = interval(FRIDAY, "08:00", "13:00")
LATE = at(FRIDAY, "07:00")
LONGER = {"starts_at": "2026-11-27T08:00:00+01:00", "ends_at": "2026-11-27T18:00:00+01:00"}


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space()


def asked(space: Space, **expected: Any) -> dict[str, Any]:
    return {
        "space": space.pk,
        "starts_at": "2026-11-27T08:00:00+01:00",
        "ends_at": "2026-11-27T13:00:00+01:00",
    } | expected


def expecting(cents: int, half_days: int = 0) -> dict[str, int]:
    return {"expected_total_cents": cents, "expected_half_days": half_days}


def owed() -> int:
    return sum(one.amount_cents for one in Charge.objects.all())


@pytest.mark.parametrize("cents", [800, 900])
def test_at_the_price_expected_or_a_lower_one_it_is_booked(
    program: Program, space: Space, cents: int
) -> None:
    assert program.post("/bookings", asked(space, **expecting(cents))).status_code == 201
    assert owed() == 800


def test_dearer_than_expected_nothing_is_booked_and_the_price_is_told(
    program: Program, space: Space
) -> None:
    local_price(space.site, Duration.HALF_DAY, 900)

    answer = program.post("/bookings", asked(space, **expecting(800)))

    problem = assert_problem(answer, 409, "price_changed")
    assert problem["price"]["total_cents"] == 900
    assert "alternatives" not in problem
    assert Booking.objects.count() == 0


def test_more_half_days_than_expected_are_told_and_fewer_cents_are_taken(
    program: Program, person: User, space: Space
) -> None:
    make_pass(person, TariffGrid.objects.get(), 10, NOW + timedelta(days=90))

    refused = program.post("/bookings", asked(space, **expecting(0)))
    booked = program.post("/bookings", asked(space, **expecting(800)))

    assert assert_problem(refused, 409, "price_changed")["price"]["covered"] == [
        {"name": "Ten", "half_days": 1}
    ]
    assert booked.json()["price"]["total_cents"] == 0


def test_a_change_is_made_at_the_price_expected_and_no_other(
    program: Program, person: User, space: Space
) -> None:
    reference = book_for(person, space, MORNING).reference

    refused = program.patch(f"/bookings/{reference}", LONGER | expecting(1300))
    before = owed()
    changed = program.patch(f"/bookings/{reference}", LONGER | expecting(1400))

    assert assert_problem(refused, 409, "price_changed")["price"]["total_cents"] == 1400
    assert (before, changed.status_code, owed()) == (800, 200, 1400)
    assert all_adds_up()


@pytest.mark.parametrize("path", ["cancel", "give-back"])
def test_cancelled_late_though_it_was_expected_to_be_free_it_stays(
    program: Program, person: User, space: Space, frozen: Any, path: str
) -> None:
    there = f"/bookings/{book_for(person, space, MORNING).reference}/{path}"
    frozen.move_to(LATE)

    refused = given_up(program, there, 0)
    is_active = Booking.objects.active().exists()
    done = given_up(program, there, 400)

    assert assert_problem(refused, 409, "price_changed")["price"]["late_cents"] == 400
    assert is_active
    assert (done.json()["status"], owed()) == ("cancelled", 400)
    assert all_adds_up()


def given_up(program: Program, path: str, cents: int) -> Any:
    """Cancel, which takes no body, or give back, expecting to pay so much."""
    if path.endswith("cancel"):
        return program.post(f"{path}?expected_total_cents={cents}")
    return program.post(path, expecting(cents))


def test_what_says_nothing_is_done_as_before(program: Program, space: Space) -> None:
    assert program.post("/bookings", asked(space)).status_code == 201


@pytest.mark.parametrize("name", ["expected_total_cents", "expected_half_days"])
@pytest.mark.parametrize("odd", [-1, "x", 8.5, [], "800 €", "800", True, False])
def test_an_odd_expectation_is_refused_by_name(
    program: Program, space: Space, name: str, odd: Any
) -> None:
    body = asked(space, **expecting(800) | {name: odd})

    problem = assert_problem(program.post("/bookings", body), 422, "invalid_request")

    assert [one["pointer"] for one in problem["errors"]] == [f"#/{name}"]
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("name", ["space", "unit", "people"])
@pytest.mark.parametrize("path", ["/bookings", "/quotes"])
def test_true_is_no_integer_anywhere(program: Program, space: Space, path: str, name: str) -> None:
    body = asked(space, people=1) | {name: True}

    problem = assert_problem(program.post(path, body), 422, "invalid_request")

    assert f"#/{name}" in [one["pointer"] for one in problem["errors"]]


@pytest.mark.parametrize("odd", ["true", "-1", "8.5", ""])
def test_cancelling_reads_a_number_of_its_address_and_nothing_else(
    program: Program, person: User, space: Space, odd: str
) -> None:
    there = f"/bookings/{book_for(person, space, MORNING).reference}/cancel"

    problem = program.post(f"{there}?expected_total_cents={odd}")

    assert assert_problem(problem, 422, "invalid_request")
    assert Booking.objects.active().count() == 1


def test_sent_again_with_its_key_the_refusal_is_the_same(program: Program, space: Space) -> None:
    body, key = asked(space, **expecting(700)), {"Idempotency-Key": "k"}

    first = program.post("/bookings", body, **key)
    again = program.post("/bookings", body, **key)

    assert first.json() == again.json()
    assert_problem(again, 409, "price_changed")


def test_a_stranger_learns_no_price_by_expecting_one(person: User, space: Space) -> None:
    reference = book_for(person, space, MORNING).reference

    answer = program_of(make_user()).patch(f"/bookings/{reference}", LONGER | expecting(0))

    assert_problem(answer, 404, "not_found")
