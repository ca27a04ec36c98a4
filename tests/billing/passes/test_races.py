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


def test_pressed_by_eight_at_once_a_pass_is_bought_once(template: Template) -> None:
    found = raced("one_key", 3, template)

    assert found["outcomes"] == {"done": 24}
    assert (found["passes"], found["lines"], found["mails"]) == (1, 1, 1)
    assert found["faults"] == []
