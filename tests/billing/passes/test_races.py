"""Eight processes at the same pass at once, on the engine that the tests were asked to use."""

import json
from typing import Any

from tests.bookings.guard.throwaway import Template, run


def raced(race: str, attempts: int, template: Template) -> dict[str, Any]:
    """Run a race on a database of its own and return what it left."""
    with template.copy() as url:
        answer = run("-m", "tests.billing.passes.race_worker", race, str(attempts), url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def test_of_all_who_spend_the_last_half_day_exactly_one_gets_it(template: Template) -> None:
    found = raced("last_credit", 5, template)

    assert found["outcomes"] == {"done": 1, "not_enough_credit": 39}
    assert found["least"] == 0
    assert found["faults"] == []


def test_pressed_by_eight_at_once_a_pass_is_bought_once(template: Template) -> None:
    found = raced("one_key", 3, template)

    assert found["outcomes"] == {"done": 24}
    assert (found["passes"], found["lines"]) == (1, 1)
    assert found["faults"] == []


def test_whatever_is_done_at_once_all_adds_up_and_nobody_waits_crosswise(
    template: Template,
) -> None:
    found = raced("histories", 10, template)

    assert found["outcomes"].keys() <= {"done", "not_enough_credit"}
    assert sum(found["outcomes"].values()) == 80
    assert found["least"] >= 0
    assert found["faults"] == []
