"""One person presses in eight places at once, on the engine that the tests were asked to use."""

import json
from typing import Any

from tests.bookings.guard.throwaway import Template, run

WORKER = "tests.bookings.charges.race_worker"


def raced(race: str, attempts: int, template: Template) -> dict[str, Any]:
    """Run a race on a database of its own and return what it left."""
    with template.copy() as url:
        answer = run("-m", WORKER, race, str(attempts), url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def test_of_all_booked_at_once_the_last_half_day_covers_one_and_the_others_are_owed(
    template: Template,
) -> None:
    found = raced("last_half_day", 1, template)

    assert found["outcomes"] == {"done": 8}
    assert (found["covered"], found["left"]) == (1, 0)
    # Three days at 14 €, and the half-day beside the covered one at 8 €.
    assert found["lines"] == found["ledger"] == 5000
    assert found["faults"] == []


def test_whatever_is_booked_and_cancelled_at_once_lines_are_what_the_ledger_moved(
    template: Template,
) -> None:
    found = raced("booked_and_cancelled", 6, template)

    assert found["outcomes"].keys() <= {"done", "overlapping_own_booking", "already_cancelled"}
    assert sum(found["outcomes"].values()) == 48
    assert found["lines"] == found["ledger"]
    assert found["left"] in (0, 1)
    assert found["faults"] == []
