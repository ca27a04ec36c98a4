"""What the processes of the races for passes do. Run by `test_races`, never by pytest itself."""

import json
import random
import sys
from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import django

django.setup()

from billing.ledger.balances import balance  # noqa: E402 -- after setup
from billing.ledger.checking import faults  # noqa: E402
from billing.models import Account, Charge, Pass, Transfer  # noqa: E402
from billing.passes.buying import buy_pass  # noqa: E402
from billing.passes.expiring import expire_passes  # noqa: E402
from billing.passes.holding import Need  # noqa: E402
from billing.passes.spending import give_back, spend  # noqa: E402
from tests.billing.bought import bought, make_offer, selling_site  # noqa: E402
from tests.bookings.guard.race_worker import Attempt, run_race  # noqa: E402
from tests.factories import NOW, make_user  # noqa: E402


def last_credit() -> Attempt:
    """Race for the last half-day of one pass."""
    ada, site = make_user(), selling_site()
    bought(ada, 1, site=site)
    need = Need(person=ada, kind="desk", site=site)

    def attempt(dice: random.Random) -> None:
        spend(need=need, half_days=1, subject="ABCD", key=uuid4(), now=NOW)

    return attempt


def one_key() -> Attempt:
    """Buy one pass, pressed by all at once."""
    ada, site, offer, key = make_user(), selling_site(), make_offer(), uuid4()

    def attempt(dice: random.Random) -> None:
        buy_pass(offer=offer, site=site, by=ada, now=NOW, key=key)

    return attempt


def histories() -> Attempt:
    """Buy, spend, give back and write off, by three people of two sites, all at once."""
    people, sites = [make_user() for _ in range(3)], [selling_site() for _ in range(2)]
    offers = [make_offer(2, valid_months=months) for months in (1, 6)]
    for person in people:
        bought(person, 4, site=sites[0])
    end = Pass.objects.order_by("-valid_until")[0].valid_until

    def attempt(dice: random.Random) -> None:
        person, site = dice.choice(people), dice.choice(sites)
        what = dice.choice(["buy", "spend", "spend", "back", "expire"])
        if what == "buy":
            buy_pass(offer=dice.choice(offers), site=site, by=person, now=NOW, key=uuid4())
        elif what == "spend":
            need = Need(person=person, kind="desk", site=site)
            subject = f"B{dice.randrange(10**6)}"
            spend(need=need, half_days=dice.randint(1, 3), subject=subject, key=uuid4(), now=NOW)
        elif what == "back":
            try_to_give_back(dice)
        else:
            expire_passes(end)

    return attempt


def try_to_give_back(dice: random.Random) -> None:
    """Give back all of what one booking took; a second time it would be more than was taken."""
    subjects = Transfer.objects.filter(kind="consume").values_list("subject", flat=True)
    if found := sorted(set(subjects)):
        taken = list(Transfer.objects.filter(subject=dice.choice(found), kind="consume"))
        key = uuid5(NAMESPACE_OID, ",".join(sorted(str(one.pk) for one in taken)))
        total = sum(one.amount for one in taken)
        give_back(transfers=taken, half_days=total, key=key, now=NOW)


RACES: dict[str, Callable[[], Attempt]] = {
    race.__name__: race for race in (last_credit, one_key, histories)
}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left."""
    outcomes = run_race(RACES[name](), attempts)
    purses = Account.objects.filter(kind=Account.Kind.PASS)
    return {
        "outcomes": outcomes,
        "passes": Pass.objects.count(),
        "lines": Charge.objects.count(),
        "least": min(balance(one) for one in purses),
        "faults": [str(one) for one in faults()],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
