"""Eight processes at the same person at once, on the engine that the tests were asked to use."""

import json
from typing import Any

from tests.bookings.guard.throwaway import Template, run


def raced(race: str, attempts: int, template: Template) -> dict[str, Any]:
    """Run a race on a database of its own and return what it left."""
    with template.copy() as url:
        worker = "tests.subscriptions.people.race_worker"
        answer = run("-m", worker, race, str(attempts), url=url)
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def test_registered_by_eight_at_once_it_is_one_employer(template: Template) -> None:
    found = raced("registering", 2, template)

    assert found["outcomes"] == {"done": 16}
    assert (found["organisations"], found["roles"], found["capacities"]) == (1, 1, 1)


def test_invited_by_eight_at_once_each_gets_one_mail(template: Template) -> None:
    found = raced("inviting", 2, template)

    assert found["outcomes"] == {"done": 16}
    assert (found["invitations"], found["mails"]) == (3, 3)


def test_accepted_by_eight_at_once_one_is_there_once(template: Template) -> None:
    found = raced("accepting", 2, template)

    assert found["outcomes"] == {"done": 16}
    assert (found["employees"], found["seats"], found["accepted"]) == (1, 1, 1)


def test_of_accepting_and_withdrawing_at_once_one_holds(template: Template) -> None:
    found = raced("answering", 2, template)

    assert found["accepted"] + found["withdrawn"] == 1
    assert found["employees"] == found["accepted"]
