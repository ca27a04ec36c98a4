"""Eight processes at once, on the engine that the tests were asked to use."""

import json
from typing import Any

from tests.bookings.guard.throwaway import Template, run

WORKER = "tests.subscriptions.approvals.race_worker"


def raced(race: str, attempts: int, template: Template) -> dict[str, Any]:
    """Run a race on a database of its own and return what it left."""
    with template.copy() as url:
        answer = run("-m", WORKER, race, str(attempts), url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def test_answered_by_eight_at_once_the_first_counts(template: Template) -> None:
    found = raced("answers", 2, template)

    assert found["outcomes"] == {"done": 1, "approval_refused": 15}
    assert (found["answered"], found["mails"]) == (1, 2)


def test_asked_by_eight_at_once_one_thing_waits(template: Template) -> None:
    found = raced("askings", 2, template)

    assert found["outcomes"] == {"done": 1, "approval_refused": 15}
    assert (found["waiting"], found["mails"]) == (1, 1)


def test_a_name_is_given_to_one_of_the_teams_that_eight_make(template: Template) -> None:
    found = raced("teams", 1, template)

    assert found["outcomes"] == {"done": 1, "team_refused": 7}
    assert found["teams"] == 2
