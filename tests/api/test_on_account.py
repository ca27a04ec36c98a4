"""Booking on account of an organisation through the API: who pays is told, others are refused."""

from typing import Any

import pytest

from billing.models import Charge
from bookings.models import Booking
from network.models import Organisation, User
from sites.models import Space
from tests.api.calls import Program, assert_problem, program_of, wish
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.on_account import employ, make_employer, on_account
from tests.factories import TUESDAY, interval, make_organisation, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING, AFTERNOON = interval(TUESDAY, "09:00", "12:00"), interval(TUESDAY, "14:00", "18:00")


@pytest.fixture
def employer(person: User) -> Organisation:
    found = make_employer()
    employ(person, found)
    return found


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space()


def test_what_is_booked_on_account_is_owed_by_the_organisation(
    program: Program, person: User, employer: Organisation, space: Space
) -> None:
    made = program.post("/bookings", wish(space.pk, on_account_of=employer.pk))

    assert (made.status_code, made.json()["on_account_of"]) == (201, employer.pk)
    assert made.json()["price"]["total_cents"] == 800
    assert program.get("/balance").json()["owed_cents"] == 0
    assert Charge.objects.get().on_account_of == employer
    read = program.get(f"/bookings/{made.json()['reference']}")
    assert read.json()["on_account_of"] == employer.pk


@pytest.mark.parametrize("path", ["/bookings", "/quotes"])
def test_another_organisation_is_refused_and_whether_it_exists_is_not_told(
    program: Program, employer: Organisation, space: Space, path: str
) -> None:
    other = make_employer("Another")

    refused = [program.post(path, wish(space.pk, on_account_of=one)) for one in (other.pk, 9999)]

    first, second = (assert_problem(one, 403, "not_on_account") for one in refused)
    assert first == second
    assert not Booking.objects.exists()


@pytest.mark.parametrize("path", ["/bookings", "/quotes"])
@pytest.mark.parametrize("odd", ["1", 0, -1, 2**70, [1], True, "Scierie du Ried"])
def test_what_is_no_id_is_not_understood(
    program: Program, space: Space, path: str, odd: Any
) -> None:
    body = wish(space.pk, on_account_of=odd)

    assert_problem(program.post(path, body), 422, "invalid_request")


def test_a_quote_tells_what_the_organisation_would_owe(
    program: Program, person: User, employer: Organisation, space: Space
) -> None:
    book_for(person, space, AFTERNOON)
    body = wish(space.pk, on_account_of=employer.pk)

    told = program.post("/quotes", body).json()
    made = program.post("/bookings", body | {"expected_total_cents": 800}).json()

    assert (told["total_cents"], told["saved_cents"]) == (800, 0)
    assert made["price"] | {"more_cents": None} == told


@pytest.mark.parametrize("field", ["customer_group", "booking"])
def test_a_quote_on_account_is_neither_of_a_group_nor_of_a_booking(
    program: Program, person: User, employer: Organisation, space: Space, field: str
) -> None:
    booking = on_account(person, employer, space, MORNING)
    told = {"customer_group": "student", "booking": booking.reference}

    body = wish(space.pk, on_account_of=employer.pk) | {field: told[field]}

    assert_problem(program.post("/quotes", body), 422, "invalid_request")


def test_a_quote_of_a_change_counts_what_the_organisation_would_owe_more(
    program: Program, person: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(person, employer, space, MORNING)

    told = program.post("/quotes", wish(space.pk, ends="18:00", booking=booking.reference))

    assert told.json()["more_cents"] == 600


def test_a_change_cannot_name_another_account(
    program: Program, person: User, employer: Organisation, space: Space
) -> None:
    booking = on_account(person, employer, space, MORNING)

    changed = program.patch(f"/bookings/{booking.reference}", {"on_account_of": None})

    assert_problem(changed, 422, "invalid_request")
    booking.refresh_from_db()
    assert booking.organisation == employer


def test_one_key_with_another_account_is_another_request(
    program: Program, employer: Organisation, space: Space
) -> None:
    key = {"Idempotency-Key": "one"}
    program.post("/bookings", wish(space.pk, on_account_of=employer.pk), **key)

    again = program.post("/bookings", wish(space.pk), **key)

    assert_problem(again, 422, "idempotency_key_reused")


def test_me_tells_on_whose_account_one_may_book(person: User, employer: Organisation) -> None:
    mill = make_employer("Moulin")
    employ(person, mill, make_organisation("Town", "collectivity"))

    told = program_of(person).get("/me").json()["accounts"]

    assert told == [
        {"id": mill.pk, "name": "Moulin"},
        {"id": employer.pk, "name": "Scierie du Ried"},
    ]
