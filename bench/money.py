"""Times quotes, balances, bookings with passes: `… -m bench.money TRANSFERS QUOTES BOOKINGS`.

In one process; writes milliseconds as JSON.
"""

import json
import random
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402 -- after setup
from django.utils import timezone  # noqa: E402

from bench.network import SPACES  # noqa: E402
from bench.searching import next_tuesday  # noqa: E402
from billing.charging.quotes import Use, quote  # noqa: E402
from billing.ledger.accounts import account  # noqa: E402
from billing.ledger.balances import available  # noqa: E402
from billing.ledger.checkpoints import write_checkpoint  # noqa: E402
from billing.models import Account, GridPrice, PassOffer, TariffGrid  # noqa: E402
from billing.passes.buying import buy_pass  # noqa: E402
from billing.prices.durations import Duration  # noqa: E402
from bookings.actions import book  # noqa: E402
from bookings.wishes import Wish  # noqa: E402
from network.models import User  # noqa: E402
from sites.models import Site, Space  # noqa: E402
from sites.rules import local_span  # noqa: E402

PRICES = {Duration.HOUR: 350, Duration.HALF_DAY: 1000, Duration.DAY: 1600, Duration.WEEK: 6500}
LEDGER_SQL = Path(__file__).with_name("ledger.sql").read_text()
#: The share of bookings before the time is taken.
WARMING = 0.1
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


def quotes_ms(number: int, now: datetime) -> float:
    """Return how long the quotes take, all together, after the first."""
    asked = uses(number, now)
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


def made_grid() -> TariffGrid:
    """Return a tariff grid in force: one price list for every kind."""
    today = timezone.localdate()
    grid = TariffGrid.objects.create(
        name="Grille",
        in_force_from=today - timedelta(days=365),
        adopted_at=timezone.now(),
        deliberated_on=today - timedelta(days=400),
        deliberation_number="1",
    )
    GridPrice.objects.bulk_create(
        GridPrice(
            grid=grid,
            category=Site.Category.URBAN,
            kind=kind,
            duration=duration,
            price_cents=cents,
        )
        for kind in dict.fromkeys(kind for _name, kind, _units, _by_place in SPACES)
        for duration, cents in PRICES.items()
    )
    return grid


def made_offer(grid: TariffGrid) -> PassOffer:
    """Return a pass of ten half-days at a desk that the grid sells."""
    return PassOffer.objects.create(
        grid=grid, code="ten", name="Carnet", kind=Space.Kind.DESK, half_days=10, price_cents=9000
    )


def bookings_ms(number_of_people: int, offer: PassOffer, now: datetime) -> list[float]:
    """Return the median time to book an hour at a desk: with a pass, and without one.

    People book in turn: every other one has a pass.
    """
    sites = cycle(Site.objects.order_by("pk"))
    taken: list[list[float]] = [[], []]
    for number, person in enumerate(User.objects.order_by("pk")[:number_of_people]):
        site = next(sites)
        if number % 2 == 0:
            buy_pass(offer=offer, site=site, by=person, now=now, key=uuid4())
        taken[number % 2].append(booking_ms(site, person, now))
    return [median(some[int(WARMING * len(some)) :]) for some in taken]


def booking_ms(site: Site, person: User, now: datetime) -> float:
    """Return how long it takes to book an hour of a Tuesday."""
    day = next_tuesday(now.date() + timedelta(days=7))
    times = (local_span(day, time(9), time(10), site.zone),)
    space = site.spaces.get(kind=Space.Kind.DESK)
    start = perf_counter()
    book(wish=Wish(space_id=space.pk, intervals=times), person=person, by=person, now=now)
    return (perf_counter() - start) * 1000


def main(transfers: int, quotes: int, bookings: int) -> dict[str, float]:
    """Return the milliseconds of all that is measured."""
    now = timezone.now()
    offer = made_offer(made_grid())
    customers = made_customers()
    few, many = (made_account(f"bench-{size}", size, customers, now) for size in (FEW, transfers))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE billing_transfer")
    short, long = in_turn_ms(lambda: available(few, now), lambda: available(many, now))
    covered, owed = bookings_ms(bookings, offer, now)
    return {
        "quotes": quotes_ms(quotes, now),
        "short": short,
        "long": long,
        "covered": covered,
        "owed": owed,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(int, sys.argv[1:]))))
