"""What the processes of the races for approvals and teams do. Run by `test_races`."""

import json
import random
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402

from subscriptions.approvals.answering import answer  # noqa: E402 -- after setup
from subscriptions.models import Approval, Team  # noqa: E402
from subscriptions.signals import approval_answered  # noqa: E402
from subscriptions.teams.writing import TeamTerms, make_team  # noqa: E402
from tests.bookings.guard.race_worker import Attempt, run_race  # noqa: E402
from tests.factories import NOW, make_site, make_user  # noqa: E402
from tests.subscriptions.approvals.asked import (  # noqa: E402
    approver_of,
    employee_of,
    make_asked,
)
from tests.subscriptions.employers import make_employer  # noqa: E402


def answers() -> Attempt:
    """Answer one request, some granting and some refusing it."""
    # No booking is held for it.
    approval_answered.receivers.clear()
    employer = make_employer()
    paul = approver_of(employer)
    row = make_asked(employee_of(paul, employer))

    def attempt(dice: random.Random) -> None:
        is_granted = dice.random() < 0.5
        answer(approval=row, is_granted=is_granted, words="", by=paul, now=NOW)

    return attempt


def askings() -> Attempt:
    """Ask for one booking."""
    employer = make_employer()
    claire = employee_of(approver_of(employer), employer)
    make_site("La Ruche")

    def attempt(dice: random.Random) -> None:
        make_asked(claire)

    return attempt


def teams() -> Attempt:
    """Make teams of one name beside one that there is."""
    boss = make_user()
    employer = make_employer(boss)
    make_team(employer=employer, terms=TeamTerms(name="Achats"), by=boss, now=NOW)

    def attempt(dice: random.Random) -> None:
        make_team(employer=employer, terms=TeamTerms(name="Ventes"), by=boss, now=NOW)

    return attempt


RACES: dict[str, Callable[[], Attempt]] = {
    race.__name__: race for race in (answers, askings, teams)
}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left."""
    outcomes = run_race(RACES[name](), attempts)
    return {
        "outcomes": outcomes,
        "waiting": Approval.objects.waiting(NOW).count(),
        "answered": Approval.objects.exclude(is_granted=None).count(),
        "teams": Team.objects.count(),
        "mails": DBTaskResult.objects.count(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
