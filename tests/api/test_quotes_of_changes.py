"""POST /quotes with a booking: what a change of it would cost."""

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from billing.models import Charge
from bookings.models import Allocation, Booking
from network.models import User
from tests.api.calls import Program, assert_problem, program_of
from tests.api.quotes import FRIDAY, MORNING, asked
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import interval, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def owed(person: User) -> int:
    """Return the cents of all lines of somebody."""
    return sum(one.amount_cents for one in Charge.objects.of_person(person))


@pytest.mark.parametrize(
    ("starts", "ends", "more_cents"),
    [("08:00", "18:00", 600), ("08:00", "10:00", -200), ("13:00", "18:00", 0)],
)
def test_of_a_change_it_says_what_changing_then_charges(
    person: User, starts: str, ends: str, more_cents: int
) -> None:
    make_grid()
    space = make_space()
    made = book_for(person, space, MORNING).reference
    body, program = asked(space, starts, ends), program_of(person)

    told = program.post("/quotes", body | {"booking": made}).json()
    before = owed(person)
    changed = program.patch(f"/bookings/{made}", body).json()["price"]

    assert told == changed | {"more_cents": more_cents}
    assert owed(person) == before + more_cents


def test_asking_what_a_change_costs_leaves_the_booking_as_it_is(
    person: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_grid()
    space = make_space()
    booking = book_for(person, space, MORNING)
    lines = Charge.objects.count()
    tasks = DBTaskResult.objects.count()

    with django_capture_on_commit_callbacks() as effects:
        body = asked(space, "08:00", "18:00", booking=booking.reference)
        assert program_of(person).post("/quotes", body).status_code == 200

    there = Booking.objects.get()
    assert (there.sequence, there.ends_at) == (booking.sequence, MORNING.ends_at)
    assert [one.interval for one in Allocation.objects.all()] == [MORNING]
    assert (Charge.objects.count(), DBTaskResult.objects.count()) == (lines, tasks)
    assert effects == []


def test_a_change_that_is_refused_has_no_price(person: User) -> None:
    make_grid()
    space = make_space(units=1)
    mine = book_for(person, space, MORNING).reference
    book_for(make_user(), space, interval(FRIDAY, "13:00", "18:00"))

    answer = program_of(person).post("/quotes", asked(space, "08:00", "18:00", booking=mine))

    assert_problem(answer, 409, "no_unit_free")


def test_the_booking_of_somebody_else_is_not_found(program: Program) -> None:
    make_grid()
    space = make_space()
    other = book_for(make_user(), space, MORNING).reference

    for reference in (other, "0000000000"):
        answer = program.post("/quotes", asked(space, "13:00", "18:00", booking=reference))
        assert_problem(answer, 404, "not_found")


def test_a_booking_and_a_group_are_not_asked_at_once(person: User) -> None:
    space = make_space()
    mine = book_for(person, space, MORNING).reference

    answer = program_of(person).post(
        "/quotes", asked(space, booking=mine, customer_group="standard")
    )

    assert_problem(answer, 422, "invalid_request")
