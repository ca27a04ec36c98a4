"""A change costs its person no more than a program expects, with all their other bookings."""

from datetime import timedelta
from typing import Any

import pytest

from billing.models import Charge
from network.models import User
from sites.models import Space
from tests.api.calls import Program, assert_problem
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import MONDAY, interval, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEEK = MONDAY + timedelta(days=7)
#: Another week: there the day costs 14 €, and those that stay cost what five did.
MOVED = {"starts_at": "2026-12-07T08:00:00+01:00", "ends_at": "2026-12-07T18:00:00+01:00"}


@pytest.fixture
def references(person: User) -> list[str]:
    """Book the five days of a week, of 14 € each, for 50 €."""
    make_grid()
    space, found = make_space(units=3), []
    for day in range(5):
        times = interval(WEEK + timedelta(days=day), "08:00", "18:00")
        found.append(book_for(person, space, times).reference)
    return found


def owed(person: User) -> int:
    return sum(one.amount_cents for one in Charge.objects.of_person(person))


def moved(program: Program, reference: str, **expected: Any) -> Any:
    return program.patch(f"/bookings/{reference}", MOVED | expected)


def test_what_other_bookings_cost_more_is_bounded_too(
    program: Program, person: User, references: list[str]
) -> None:
    refused = moved(program, references[0], expected_total_cents=1400, expected_more_cents=1399)
    before = owed(person)
    changed = moved(program, references[0], expected_total_cents=1400, expected_more_cents=1400)

    assert assert_problem(refused, 409, "price_changed")["price"]["total_cents"] == 1400
    assert (before, changed.status_code, owed(person)) == (5000, 200, 6400)
    assert all_adds_up()


def test_it_is_what_the_quote_says(program: Program, references: list[str], person: User) -> None:
    quote = program.post(
        "/quotes", MOVED | {"space": Space.objects.get().pk, "booking": references[0]}
    )

    assert quote.status_code == 200
    more = quote.json()["more_cents"]
    assert moved(program, references[0], expected_more_cents=more - 1).status_code == 409
    assert moved(program, references[0], expected_more_cents=more).status_code == 200
    assert owed(person) == 5000 + more


def test_less_than_nothing_is_expected_where_money_comes_back(
    program: Program, references: list[str]
) -> None:
    shorter = {"starts_at": "2026-12-04T08:00:00+01:00", "ends_at": "2026-12-04T09:00:00+01:00"}
    path = f"/bookings/{references[4]}"
    quote = program.post(
        "/quotes", shorter | {"space": Space.objects.get().pk, "booking": references[4]}
    ).json()

    assert program.patch(path, shorter | {"expected_more_cents": -5000}).status_code == 409
    assert (
        program.patch(path, shorter | {"expected_more_cents": quote["more_cents"]}).status_code
        == 200
    )


@pytest.mark.parametrize("odd", ["x", 8.5, [], "800", True])
def test_an_odd_expectation_is_refused_by_name(
    program: Program, references: list[str], odd: Any
) -> None:
    problem = assert_problem(
        moved(program, references[0], expected_more_cents=odd), 422, "invalid_request"
    )

    assert [one["pointer"] for one in problem["errors"]] == ["#/expected_more_cents"]
