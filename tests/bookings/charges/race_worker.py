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
from billing.models import Account, Charge, Pass, TariffGrid, Transfer  # noqa: E402
from billing.passes.buying import buy_pass  # noqa: E402
from billing.passes.expiring import expire, expire_passes  # noqa: E402
from bookings.actions import book, cancel  # noqa: E402
from bookings.charges.promises import Difference  # noqa: E402
from bookings.following.closures import give_back_closed_days  # noqa: E402
from bookings.ground import AskedBooking  # noqa: E402
from bookings.holds.holding import book_over  # noqa: E402
from bookings.models import Booking  # noqa: E402
from bookings.views.book import confirm  # noqa: E402
from bookings.wishes import Wish  # noqa: E402
from network.models import User  # noqa: E402
from sites.intervals import Interval  # noqa: E402
from sites.models import Space  # noqa: E402
from tests.billing.bought import bought, make_offer  # noqa: E402
from tests.billing.charging.turns import make_pass  # noqa: E402
from tests.billing.tariffs import make_grid  # noqa: E402
from tests.bookings.charges.on_account import make_employee, make_employer  # noqa: E402
from tests.bookings.guard.race_worker import PROCESSES, Attempt, run_race  # noqa: E402
from tests.factories import (  # noqa: E402
    NOW,
    TUESDAY,
    interval,
    make_closure,
    make_space,
    make_user,
)

HALVES = (("08:00", "13:00"), ("13:00", "18:00"))
WEEK = [TUESDAY + timedelta(days=number) for number in range(4)]
EIGHT = [interval(day, *half) for day in WEEK for half in HALVES]
#: The last pass ends then.
UNTIL = NOW + timedelta(days=90)


def world(half_days: int = 1) -> tuple[User, list[Space]]:
    """Make somebody with so many half-days left on a pass, and spaces of a site with prices.

    Presses in several spaces wait for nothing but the person and the pass.
    """
    first, ada = make_space(units=8), make_user()
    make_pass(ada, make_grid(), half_days, UNTIL)
    return ada, [first, *(make_space(first.site, units=8) for _ in EIGHT[1:])]


def each_another(
    ada: User, spaces: Sequence[Space], times: Sequence[Interval], payer: int | None = None
) -> Attempt:
    """Have every press book a time of its own in a space of its own."""
    following = get_context("fork").Value("i", 0)

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            number = following.value
            following.value += 1
        wish = Wish(space_id=spaces[number].pk, intervals=(times[number],), on_account_of=payer)
        book(wish=wish, person=ada, by=ada, now=NOW)

    return attempt


def last_half_day() -> Attempt:
    """Book eight half-days of four days, all at once."""
    return each_another(*world(), EIGHT)


def without_a_pass() -> Attempt:
    """Book the same, for money alone: who has no pass waits for nothing but the person."""
    _ada, spaces = world()
    return each_another(make_user(), spaces, EIGHT)


def on_account() -> Attempt:
    """Book the same on account of an employer, for whom nothing was owed before."""
    _ada, spaces = world()
    employer = make_employer()
    return each_another(make_employee(employer), spaces, EIGHT, employer.pk)


def told_of_the_last_half_day() -> Attempt:
    """Press the check pages of eight half-days at once: each told that the pass covers it."""
    ada, spaces = world()
    following = get_context("fork").Value("i", 0)

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            number = following.value
            following.value += 1
        wish = Wish(space_id=spaces[number].pk, intervals=(EIGHT[number],))
        asked = AskedBooking(wish, ada, NOW)
        confirm(asked, str(uuid4()), partial(book_over, asked, "", Difference(0, 1)))

    return attempt


def booked_and_cancelled() -> Attempt:
    """Book and cancel, all at once; what is cancelled gives the half-day to what comes next."""
    ada, spaces = world()

    def attempt(dice: random.Random) -> None:
        mine = list(Booking.objects.of(ada).active())
        if mine and dice.random() < 0.5:
            cancel(booking=dice.choice(mine), by=ada, now=NOW)
        else:
            book_some(ada, dice.choice(spaces), dice)

    return attempt


def book_some(person: User, space: Space, dice: random.Random) -> None:
    """Book one of the eight half-days, paid either way."""
    time, spends_passes = dice.choice(EIGHT), dice.random() < 0.7
    wish = Wish(space_id=space.pk, intervals=(time,), spends_passes=spends_passes)
    book(wish=wish, person=person, by=person, now=NOW)


def written_off_beside() -> Attempt:
    """Book the last half-days of many, each while it is written off, which waits for no person."""
    _ada, spaces = world()
    grid, following = TariffGrid.objects.get(), get_context("fork").Value("i", 0)
    people = [make_user() for _ in range(8 * PROCESSES)]
    passes = [make_pass(person, grid, 1, UNTIL) for person in people]

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            number, is_booking = divmod(following.value, 2)
            following.value += 1
        if is_booking:
            person, space = people[number], spaces[number % len(spaces)]
            wish = Wish(space_id=space.pk, intervals=(EIGHT[number // len(spaces)],))
            book(wish=wish, person=person, by=person, now=NOW)
        else:
            expire(row=passes[number], now=UNTIL)

    return attempt


def closed_days() -> Attempt:
    """Give four closed days back, which a pass covers in part, by eight workers at once."""
    ada, spaces = world()
    for time in EIGHT:
        wish = Wish(space_id=spaces[0].pk, intervals=(time,))
        book(wish=wish, person=ada, by=ada, now=NOW)
        make_closure(spaces[0].site, time)

    def attempt(dice: random.Random) -> None:
        give_back_closed_days(EIGHT[-1].ends_at + timedelta(days=1))

    return attempt


def histories() -> Attempt:
    """Buy, book, cancel and write off, by three people in eight spaces, all at once."""
    people, spaces = [make_user() for _ in range(3)], world()[1]
    offers = [make_offer(2, valid_months=months) for months in (1, 6)]
    for person in people:
        bought(person, 4, site=spaces[0].site)

    def attempt(dice: random.Random) -> None:
        person, space = dice.choice(people), dice.choice(spaces)
        what = dice.choice(["buy", "book", "book", "cancel", "expire"])
        mine = list(Booking.objects.of(person).active())
        if what == "buy":
            offer = dice.choice(offers)
            buy_pass(offer=offer, site=space.site, by=person, now=NOW, key=uuid4())
        elif what == "book":
            book_some(person, space, dice)
        elif what == "cancel" and mine:
            cancel(booking=dice.choice(mine), by=person, now=NOW)
        else:
            expire_passes(UNTIL)

    return attempt


SHOWN = (
    last_half_day,
    without_a_pass,
    on_account,
    told_of_the_last_half_day,
    booked_and_cancelled,
    written_off_beside,
    closed_days,
    histories,
)
RACES = {race.__name__: race for race in SHOWN}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left: in lines, in the ledger, on the pass."""
    outcomes = run_race(RACES[name](), attempts)
    lines = Charge.objects.all()
    owed = Account.objects.filter(kind=Account.Kind.OWED)
    return {
        "outcomes": outcomes,
        "revisions": sorted(Booking.objects.values_list("sequence", flat=True)),
        "covered": lines.filter(kind="use", spent_pass__isnull=False).count(),
        "left": [balance(one.account) for one in Pass.objects.order_by("pk")],
        "written_off": sum(one.amount for one in Transfer.objects.filter(kind="expire")),
        "lines": lines.aggregate(total=Sum("amount_cents"))["total"] or 0,
        "of_people": lines.filter(on_account_of=None).count(),
        "ledger": -sum(balance(one) for one in owed),
        "faults": [str(one) for one in (*faults(), *faults_of_charges())],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
