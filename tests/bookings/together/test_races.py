"""Assistants press at once, on the engine that the tests were asked to use."""

import json
from typing import Any

from tests.bookings.guard.throwaway import Template, run

WORKER = "tests.bookings.together.race_worker"


def raced(race: str, attempts: int, template: Template) -> dict[str, Any]:
    """Run a race on a database of its own and return what it left."""
    with template.copy() as url:
        answer = run("-m", WORKER, race, str(attempts), url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def test_of_two_who_book_the_last_credit_at_once_the_budget_pays_for_one(
    template: Template,
) -> None:
    found = raced("last_credit_then_budget", 1, template)

    assert found["bookings"] == 2
    assert found["amounts"] == [0, 1400]
    assert (found["left"], found["faults"]) == (0, [])


def test_of_two_who_book_the_last_credit_at_once_one_is_refused_where_nothing_pays_beyond_it(
    template: Template,
) -> None:
    found = raced("last_credit_alone", 1, template)

    assert found["outcomes"] == {"done": 7, "together_refused": 1}
    assert (found["bookings"], found["amounts"]) == (1, [0])
    assert (found["left"], found["faults"]) == (0, [])


def test_one_key_sent_eight_times_at_once_books_once(template: Template) -> None:
    found = raced("same_key", 1, template)

    assert found["outcomes"] == {"done": 8}
    assert found["bookings"] == 5


def test_orders_of_the_same_people_in_any_order_never_wait_in_a_circle(
    template: Template,
) -> None:
    found = raced("other_orders", 4, template)

    refusals = {"together_refused", "overlapping_own_booking", "quota_per_day", "quota_ahead"}
    assert set(found["outcomes"]) <= {"done", "already_cancelled"} | refusals
    assert found["outcomes"]["done"]
    assert found["faults"] == []
