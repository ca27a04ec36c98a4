"""A month that is over is charged once: what its seats cost, by the days that they were had."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from billing.charging.checking import faults_of_charges
from billing.ledger.accounts import owed_by, owed_by_organisation
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.models import Charge
from billing.statements.months import Month
from subscriptions.models import ClosedMonth, Subscription
from subscriptions.months.closing import Due, close, close_over
from subscriptions.taking.changing import change_seats
from subscriptions.taking.ending import end_subscription
from tests.factories import MONDAY, NOW, PARIS, make_user
from tests.subscriptions.employers import make_employer
from tests.subscriptions.taken import taken, version

pytestmark = pytest.mark.django_db

NOVEMBER = Month(date(2026, 11, 1))
AFTER = datetime(2026, 12, 1, 0, 0, tzinfo=PARIS)
FIRST = NOW - timedelta(days=22)


def told(of: Subscription) -> list[tuple[str, int]]:
    rows = Charge.objects.of_subject(of.subject).order_by("pk")
    return [(row.words, row.amount_cents) for row in rows]


def employers(seats: int = 5, **fields: object) -> Subscription:
    boss = make_user(language="en")
    employer = make_employer(boss)
    of = version(plan={"is_shared": True, "holders": "organisations"}, name="Team")
    first = {"starts_on": date(2026, 11, 1), "now": FIRST}
    return taken(of, boss, organisation=employer, seats=seats, **first | fields)  # type: ignore[arg-type]


def all_adds_up() -> bool:
    return [*faults(), *faults_of_charges()] == []


def test_a_person_owes_the_days_of_the_first_month_and_then_the_price() -> None:
    ada = make_user(language="en")
    mine = taken(version(name="Discovery"), ada, starts_on=MONDAY)

    close_over(AFTER)
    close_over(datetime(2027, 1, 1, 0, 0, tzinfo=PARIS))

    assert told(mine) == [
        ("Discovery, November 2026, 1 seat (23 November 2026 – 30 November 2026)", 747),
        ("Discovery, December 2026, 1 seat", 2800),
    ]
    assert -balance(owed_by(ada)) == 3547
    assert all_adds_up()


def test_an_employer_owes_a_line_for_the_seats_of_each_day() -> None:
    of = employers(purchase_order="BC-114")
    assert of.made_by is not None
    change_seats(subscription=of, seats=7, by=of.made_by, now=NOW)

    close_over(AFTER)

    assert told(of) == [
        ("Team, November 2026, 5 seats, order BC-114", 14000),
        ("Team, November 2026, 2 seats (23 November 2026 – 30 November 2026), order BC-114", 1494),
    ]
    assert of.organisation is not None
    assert -balance(owed_by_organisation(of.organisation)) == 15494
    assert all_adds_up()


def test_what_is_on_trial_is_free_and_closed_all_the_same() -> None:
    mine = taken(version(trial_days=14), make_user())

    close_over(AFTER)

    assert told(mine) == []
    assert [row.amount_cents for row in ClosedMonth.objects.all()] == [0]


def test_closed_again_nothing_is_charged_twice() -> None:
    of = employers()

    for _time in range(3):
        close_over(AFTER)
    again = close(due=Due(of.pk, NOVEMBER), now=AFTER)

    assert (again.cents, again.is_new) == (14000, False)
    assert [cents for _words, cents in told(of)] == [14000]


def test_a_month_is_over_by_the_networks_clocks() -> None:
    of = employers()

    close_over(AFTER - timedelta(seconds=1))
    assert told(of) == []
    with pytest.raises(ValueError, match="2026-11"):
        close(due=Due(of.pk, NOVEMBER), now=AFTER - timedelta(seconds=1))

    close_over(AFTER)
    assert len(told(of)) == 1


def test_months_that_no_worker_closed_are_closed_one_by_one() -> None:
    of = employers()

    close_over(datetime(2027, 2, 3, tzinfo=PARIS))

    assert [cents for _words, cents in told(of)] == [14000] * 3


def test_after_its_last_day_nothing_more_is_owed() -> None:
    of = employers()
    assert of.made_by is not None
    end_subscription(subscription=of, ends_on=date(2026, 11, 30), by=of.made_by, now=NOW)

    close_over(datetime(2027, 2, 3, tzinfo=PARIS))

    assert [cents for _words, cents in told(of)] == [14000]


def test_who_is_forgotten_still_owes_and_the_ledger_adds_up() -> None:
    ada = make_user()
    mine = taken(version(), ada)
    ada.delete()

    close_over(AFTER)

    assert [cents for _words, cents in told(mine)] == [747]
    assert all_adds_up()


def closed(*options: str, now: datetime = AFTER) -> str:
    out = StringIO()
    with time_machine.travel(now, tick=False):
        call_command("close_month", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_says_what_it_comes_to_and_writes_it_unless_told_not_to() -> None:
    of = employers()

    assert closed("--dry-run").startswith("1 months of subscriptions to be closed: 140,00")
    assert told(of) == []

    assert closed().startswith("1 months of subscriptions closed: 140,00")
    assert closed().startswith("0 months of subscriptions closed: 0,00")
    assert len(told(of)) == 1


def test_the_command_refuses_a_month_that_is_not_over_or_is_none() -> None:
    with pytest.raises(CommandError, match="2026-12 is not over"):
        closed("2026-12")
    with pytest.raises(CommandError, match="2026-13"):
        closed("2026-13")
