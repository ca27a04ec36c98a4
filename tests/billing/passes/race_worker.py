"""What the processes of the races for passes do. Run by `test_races`, never by pytest itself."""

import json
import random
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402

from billing.ledger.checking import faults  # noqa: E402 -- after setup
from billing.models import Charge, Pass  # noqa: E402
from billing.passes.buying import buy_pass  # noqa: E402
from tests.billing.bought import make_offer, selling_site  # noqa: E402
from tests.bookings.guard.race_worker import Attempt, run_race  # noqa: E402
from tests.factories import NOW, make_user  # noqa: E402


def one_key() -> Attempt:
    """Buy one pass, pressed by all at once."""
    ada, site, offer, key = make_user(), selling_site(), make_offer(), uuid4()

    def attempt(dice: random.Random) -> None:
        buy_pass(offer=offer, site=site, by=ada, now=NOW, key=key)

    return attempt


RACES: dict[str, Callable[[], Attempt]] = {race.__name__: race for race in (one_key,)}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left."""
    outcomes = run_race(RACES[name](), attempts)
    return {
        "outcomes": outcomes,
        "passes": Pass.objects.count(),
        "lines": Charge.objects.count(),
        "mails": DBTaskResult.objects.count(),
        "faults": [str(one) for one in faults()],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
