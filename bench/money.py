"""Times quotes and balances in one process: `python -m bench.money TRANSFERS`; writes JSON."""

import json
import random
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import django

django.setup()

from django.db import connection  # noqa: E402 -- after setup
from django.utils import timezone  # noqa: E402

from billing.charging.quotes import Use, quote  # noqa: E402
from billing.ledger.accounts import account  # noqa: E402
from billing.ledger.balances import available  # noqa: E402
from billing.ledger.checkpoints import write_checkpoint  # noqa: E402
from billing.models import Account  # noqa: E402
from sites.models import Site, Space  # noqa: E402
from sites.rules import local_span  # noqa: E402

LEDGER_SQL = Path(__file__).with_name("ledger.sql").read_text()
QUOTES = 1_000
CUSTOMERS = 2_000
#: Rows of one statement, which may not take longer than the product's do.
SLICE = 50_000
#: What came since the last checkpoint, and an account that is compared with the long one.
SINCE, FEW = 500, 1_000


def uses(number: int, now: datetime) -> list[Use]:
    """Return so many uses of a desk: one day to five, of two to ten hours."""
    dice = random.Random(2026)
    sites = list(Site.objects.order_by("pk"))
    return [use_of(dice.choice(sites), dice, now) for _number in range(number)]


def use_of(site: Site, dice: random.Random, now: datetime) -> Use:
    """Return a use of a desk at a site on days that follow each other."""
    first = now.date() + timedelta(days=dice.randrange(1, 60))
    opens, hours = dice.randrange(8, 10), dice.randrange(2, 11)
    times = [
        local_span(first + timedelta(days=day), time(opens), time(opens + hours), site.zone)
        for day in range(dice.randrange(1, 6))
    ]
    return Use(site, Space.Kind.DESK, tuple(times))


def quotes_ms(now: datetime) -> float:
    """Return how long the quotes take, all together, after the first."""
    asked = uses(QUOTES, now)
    quote(asked[0], (), now)
    start = perf_counter()
    for use in asked:
        quote(use, (), now)
    return (perf_counter() - start) * 1000


def made_account(code: str, transfers: int, customers: Sequence[int], now: datetime) -> Account:
    """Return an account of so many transfers, its balance written down before the last of them."""
    one = account(code, Account.Kind.EARNED, Account.Unit.CENT)
    move(one, customers, transfers - SINCE)
    write_checkpoint(one, now)
    move(one, customers, SINCE)
    return one


def move(operator: Account, customers: Sequence[int], transfers: int) -> None:
    """Write so many transfers between an operator and customers."""
    listed = ",".join(map(str, customers))
    with connection.cursor() as cursor:
        for start in range(0, transfers, SLICE):
            number = min(SLICE, transfers - start)
            told: dict[str, int | str] = {
                "operator": operator.pk,
                "customers": f"{{{listed}}}",
                "transfers": number,
            }
            cursor.execute(LEDGER_SQL, told)


def made_customers() -> list[int]:
    """Return the accounts of the customers."""
    rows = Account.objects.bulk_create(
        Account(code=f"bench:{number}", kind=Account.Kind.OWED, unit=Account.Unit.CENT)
        for number in range(CUSTOMERS)
    )
    return [row.pk for row in rows]


def in_turn_ms(*asked: Callable[[], object], times: int = 51) -> list[float]:
    """Return the median time of each, asked in turn."""
    taken: list[list[float]] = [[] for _one in asked]
    for _time in range(times):
        for ask, kept in zip(asked, taken, strict=True):
            start = perf_counter()
            ask()
            kept.append((perf_counter() - start) * 1000)
    return [median(some) for some in taken]


def main(transfers: int) -> dict[str, float]:
    """Return the milliseconds of 1,000 quotes, and of the balance of a short and a long account."""
    now = timezone.now()
    customers = made_customers()
    few, many = (made_account(f"bench-{size}", size, customers, now) for size in (FEW, transfers))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE billing_transfer")
    short, long = in_turn_ms(lambda: available(few, now), lambda: available(many, now))
    return {"quotes": quotes_ms(now), "short": short, "long": long}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
