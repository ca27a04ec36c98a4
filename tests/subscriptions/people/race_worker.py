"""What the processes of the races for people do. Run by `test_races`, never by pytest itself."""

import json
import random
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402 -- after setup

from network.models import Capacity, Membership, Organisation  # noqa: E402
from subscriptions.employers.registering import Registration, register_employer  # noqa: E402
from subscriptions.models import Employee, Invitation, Seat  # noqa: E402
from subscriptions.people.accepting import accept  # noqa: E402
from subscriptions.people.inviting import withdraw  # noqa: E402
from tests.bookings.guard.race_worker import Attempt, run_race  # noqa: E402
from tests.factories import NOW, make_user  # noqa: E402
from tests.subscriptions.employers import confirmed, make_employer, make_invitation  # noqa: E402
from tests.subscriptions.people.inviting import invited  # noqa: E402
from tests.subscriptions.taken import taken, version  # noqa: E402


def registering() -> Attempt:
    """Register one SIRET, pressed by all at once."""
    ada = make_user()

    def attempt(dice: random.Random) -> None:
        register_employer(said=Registration("Weber", "73282932000074"), by=ada)

    return attempt


def inviting() -> Attempt:
    """Invite the same three addresses, in any order."""
    ada = make_user()
    employer, people = make_employer(ada), ["a@x.fr", "b@x.fr", "c@x.fr"]

    def attempt(dice: random.Random) -> None:
        invited(employer, ada, " ".join(dice.sample(people, 3)))

    return attempt


def accepting() -> Attempt:
    """Accept one invitation, pressed by all at once, where one seat is free."""
    ada, lea = make_user(), confirmed("lea@x.fr")
    employer = make_employer(ada)
    taken(version(), ada, organisation=employer, seats=2)
    invitation = make_invitation(employer, lea.email)

    def attempt(dice: random.Random) -> None:
        accept(invitation=invitation, by=lea, now=NOW)

    return attempt


def answering() -> Attempt:
    """Accept an invitation while it is withdrawn."""
    ada, lea = make_user(), confirmed("lea@x.fr")
    invitation = make_invitation(make_employer(ada), lea.email)

    def attempt(dice: random.Random) -> None:
        if dice.random() < 0.5:
            withdraw(invitation=invitation, by=ada, now=NOW)
        else:
            accept(invitation=invitation, by=lea, now=NOW)

    return attempt


RACES: dict[str, Callable[[], Attempt]] = {
    race.__name__: race for race in (registering, inviting, accepting, answering)
}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left."""
    outcomes = run_race(RACES[name](), attempts)
    return {
        "outcomes": outcomes,
        "organisations": Organisation.objects.filter(siret="73282932000074").count(),
        "roles": Membership.objects.count(),
        "capacities": Capacity.objects.filter(kind="employer").count(),
        "invitations": Invitation.objects.count(),
        "accepted": Invitation.objects.exclude(accepted_at=None).count(),
        "withdrawn": Invitation.objects.exclude(withdrawn_at=None).count(),
        "employees": Employee.objects.count(),
        "seats": Seat.objects.count(),
        "mails": DBTaskResult.objects.filter(task_path__contains="send_invitation").count(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
