"""What one person's presses at once leave. Run by `test_races`, never by pytest itself."""

import json
import random
import sys
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db.models import Sum  # noqa: E402 -- after setup

from billing.charging.checking import faults_of_charges  # noqa: E402
from billing.ledger.balances import balance  # noqa: E402
from billing.ledger.checking import faults  # noqa: E402
from billing.models import Account, Charge, Pass, Transfer  # noqa: E402
from billing.passes.holding import Need  # noqa: E402
from billing.passes.spending import spend  # noqa: E402
from bookings.actions import book, cancel  # noqa: E402
from bookings.charges.promises import Difference  # noqa: E402
from bookings.ground import AskedBooking  # noqa: E402
from bookings.holds.holding import book_over  # noqa: E402
from bookings.models import Booking  # noqa: E402
from bookings.views.book import confirm  # noqa: E402
from bookings.wishes import Wish  # noqa: E402
from network.models import User  # noqa: E402
from sites.intervals import Interval  # noqa: E402
from sites.models import Space  # noqa: E402
from tests.billing.charging.turns import make_pass  # noqa: E402
from tests.billing.tariffs import make_grid  # noqa: E402
from tests.bookings.guard.race_worker import Attempt, run_race  # noqa: E402
from tests.factories import NOW, TUESDAY, interval, make_space, make_user  # noqa: E402

HALVES = (("08:00", "13:00"), ("13:00", "18:00"))
WEEK = [TUESDAY + timedelta(days=number) for number in range(4)]
EIGHT = [interval(day, *half) for day in WEEK for half in HALVES]


def world(half_days: int = 1) -> tuple[User, Space]:
    """Make somebody with so many half-days left on a pass, and a space with prices."""
    space, ada = make_space(units=8), make_user()
    make_pass(ada, make_grid(), half_days, NOW + timedelta(days=90))
    return ada, space


def each_another(ada: User, space: Space, times: Sequence[Interval]) -> Attempt:
    """Have every press book a time of its own."""
    following = get_context("fork").Value("i", 0)

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            time = times[following.value]
            following.value += 1
        wish = Wish(space_id=space.pk, intervals=(time,))
        book(wish=wish, person=ada, by=ada, now=NOW)

    return attempt


def last_half_day() -> Attempt:
    """Book eight half-days of four days, all at once."""
    return each_another(*world(), EIGHT)


def told_of_the_last_half_day() -> Attempt:
    """Press the check pages of eight half-days at once: each told that the pass covers it."""
    ada, space = world()
    following = get_context("fork").Value("i", 0)

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            time = EIGHT[following.value]
            following.value += 1
        asked = AskedBooking(Wish(space_id=space.pk, intervals=(time,)), ada, NOW)
        confirm(asked, str(uuid4()), partial(book_over, asked, "", Difference(0, 1)))

    return attempt


def booked_and_cancelled() -> Attempt:
    """Book and cancel, all at once; what is cancelled gives the half-day to what comes next."""
    ada, space = world()

    def attempt(dice: random.Random) -> None:
        mine = list(Booking.objects.of(ada).active())
        if mine and dice.random() < 0.5:
            cancel(booking=dice.choice(mine), by=ada, now=NOW)
        else:
            wish = Wish(space_id=space.pk, intervals=(dice.choice(EIGHT),))
            book(wish=wish, person=ada, by=ada, now=NOW)

    return attempt


def spent_beside() -> Attempt:
    """Book half-days while others take of the same pass, who wait for no booking of hers."""
    ada, space = world(half_days=6)
    need = Need(person=ada, kind="desk", site=space.site)
    book_next = each_another(ada, space, EIGHT)
    following = get_context("fork").Value("i", 0)

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            following.value += 1
            is_booking = following.value % 2
        if is_booking:
            book_next(dice)
        else:
            spend(need=need, half_days=1, subject="beside", key=uuid4(), now=NOW)

    return attempt


RACES = {
    race.__name__: race
    for race in (
        last_half_day,
        told_of_the_last_half_day,
        booked_and_cancelled,
        spent_beside,
    )
}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left: in lines, in the ledger, on the pass."""
    outcomes = run_race(RACES[name](), attempts)
    lines = Charge.objects.all()
    owed = Account.objects.filter(code__startswith="owed:person:").first()
    return {
        "outcomes": outcomes,
        "covered": lines.filter(kind="use", spent_pass__isnull=False).count(),
        "left": balance(Pass.objects.get().account),
        "beside": Transfer.objects.of_subject("beside").count(),
        "lines": lines.aggregate(total=Sum("amount_cents"))["total"] or 0,
        "ledger": -balance(owed) if owed else 0,
        "faults": [
            str(one) for one in (*faults(), *faults_of_charges()) if "beside" not in one.row
        ],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
