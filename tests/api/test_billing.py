"""GET /tariffs and GET /balance."""

from datetime import date
from typing import Any

import pytest

from network.models import User
from tests.api.calls import Program, assert_problem, program_of
from tests.billing.bought import bought
from tests.billing.tariffs import make_draft, make_grid
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_anybody_reads_the_grid_of_a_day() -> None:
    make_grid(name="Now")
    make_grid(name="Next year", from_day=date(2027, 1, 1))

    assert Program().get("/tariffs").json()["name"] == "Now"
    assert Program().get("/tariffs", on="2026-12-31").json()["name"] == "Now"
    assert Program().get("/tariffs", on="2027-01-01").json()["name"] == "Next year"


def test_a_draft_is_not_told_and_before_the_first_grid_there_is_none() -> None:
    make_draft()

    problem = assert_problem(Program().get("/tariffs"), 404, "not_found")

    assert problem["detail"] == "No tariff grid was in force on this day."


def test_a_day_before_the_first_grid_has_nothing() -> None:
    make_grid()

    assert_problem(Program().get("/tariffs", on="2020-01-01"), 404, "not_found")


@pytest.mark.parametrize("on", ["yesterday", "2026-02-30", "0", "20261124"])
def test_what_is_no_day_is_refused(on: str) -> None:
    assert Program().get("/tariffs", on=on).status_code == 422


def test_what_one_holds_and_owes_is_told_to_oneself() -> None:
    ada = make_user()
    bought(ada, 10, name="Dix", price_cents=6500)
    bought(make_user(), 2, price_cents=1500)

    told = program_of(ada).get("/balance").json()

    assert told["owed_cents"] == 6500
    assert [(one["name"], one["left"]) for one in told["passes"]] == [("Dix", 10)]


@pytest.mark.parametrize("scopes", [["read"], ["book"]])
def test_a_token_needs_the_scope_of_accounts(person: User, scopes: list[str]) -> None:
    answer = program_of(person, *scopes).get("/balance")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_however_many_passes_the_balance_asks_as_often(
    person: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        bought(person)
    program = program_of(person)
    program.get("/balance")

    with django_assert_max_num_queries(3):
        assert len(program.get("/balance").json()["passes"]) == 5
