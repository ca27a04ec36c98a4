"""What assistants who press at once leave. Run by `test_races`, never by pytest itself."""

import json
import random
import sys
from multiprocessing import get_context
from typing import Any
from uuid import uuid4

import django

django.setup()

from billing.charging.checking import faults_of_charges  # noqa: E402 -- after setup
from billing.ledger.balances import balance  # noqa: E402
from billing.ledger.checking import faults  # noqa: E402
from billing.models import Charge, Pass  # noqa: E402
from billing.prices.durations import Duration  # noqa: E402
from bookings.actions import book, cancel  # noqa: E402
from bookings.models import Booking  # noqa: E402
from bookings.together.cells import Cell  # noqa: E402
from bookings.wishes import Wish  # noqa: E402
from subscriptions.models import Employee  # noqa: E402
from subscriptions.taking.seats import seat_newcomer  # noqa: E402
from tests.billing.tariffs import make_grid  # noqa: E402
from tests.bookings.guard.race_worker import Attempt, run_race  # noqa: E402
from tests.bookings.together.office import DAYS, Office, make_office  # noqa: E402
from tests.factories import MONDAY, NOW, interval  # noqa: E402
from tests.subscriptions.employers import runs  # noqa: E402
from tests.subscriptions.taken import taken, version  # noqa: E402


def priced_office(half_days: int, *, has_overage: bool = True) -> Office:
    """Make an office whose people share so many half-days twice, at sites with prices."""
    make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    office = make_office(units=20)
    runs(office.assistant, office.employer)
    of = version(half_days=half_days, has_overage=has_overage, plan={"is_shared": True})
    taken(of, office.assistant, organisation=office.employer, starts_on=MONDAY, seats=2)
    for one in Employee.objects.filter(person__in=office.people[:2]):
        seat_newcomer(employee=one, now=NOW)
    return office


def last_credit(*, has_overage: bool) -> Attempt:
    """Have two people's days booked by two presses at once, with credits for one day."""
    office, following = priced_office(1, has_overage=has_overage), get_context("fork").Value("i", 0)

    def attempt(dice: random.Random) -> None:
        with following.get_lock():
            number = following.value
            following.value += 1
        if number < 2:
            office.book(office.cell(number, number, day=1))

    return attempt


def last_credit_then_budget() -> Attempt:
    """Have the employer pay what the credits do not cover."""
    return last_credit(has_overage=True)


def last_credit_alone() -> Attempt:
    """Have what the credits do not cover be refused."""
    return last_credit(has_overage=False)


def same_key() -> Attempt:
    """Press one button eight times at once."""
    office = make_office()

    def attempt(dice: random.Random) -> None:
        office.book(*office.five, key="one")

    return attempt


def other_orders() -> Attempt:
    """Book the same people and sites in other orders, by assistants who are among them.

    Beside it they book and cancel for themselves.
    """
    office = priced_office(8)
    assistants = office.people[2:]
    Employee.objects.filter(person__in=assistants).update(books_for_others=True)

    def attempt(dice: random.Random) -> None:
        if dice.random() < 0.5:
            cells = [some_cell(office, dice) for _number in range(6)]
            office.book(*cells, by=dice.choice(assistants), key=str(uuid4()))
        else:
            act_alone(office, dice)

    return attempt


def some_cell(office: Office, dice: random.Random) -> Cell:
    """Return any cell of the week."""
    return office.cell(dice.randrange(5), dice.randrange(3), dice.randrange(1, 5))


def act_alone(office: Office, dice: random.Random) -> None:
    """Have one of the people cancel a booking of theirs, or make one on the same account."""
    person, space = dice.choice(office.people), dice.choice(office.spaces)
    mine = list(Booking.objects.of(person).active())
    if mine and dice.random() < 0.6:
        cancel(booking=dice.choice(mine), by=person, now=NOW)
        return
    day = interval(dice.choice(DAYS[1:]), "08:00", "18:00")
    wish = Wish(space_id=space.pk, intervals=(day,), on_account_of=office.employer.pk)
    book(wish=wish, person=person, by=person, now=NOW)


RACES = {
    race.__name__: race
    for race in (last_credit_then_budget, last_credit_alone, same_key, other_orders)
}


def main(name: str, attempts: int) -> dict[str, Any]:
    """Run one race and return what it left."""
    outcomes = run_race(RACES[name](), attempts)
    uses = Charge.objects.filter(kind="use")
    return {
        "outcomes": outcomes,
        "bookings": Booking.objects.active().count(),
        "amounts": sorted(uses.values_list("amount_cents", flat=True)),
        "left": min((balance(one.account) for one in Pass.objects.all()), default=0),
        "faults": [str(one) for one in (*faults(), *faults_of_charges())],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]))) + "\n")
