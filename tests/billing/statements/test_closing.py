"""Statements of a month that is over are closed once, and stay what they were."""

from datetime import date, datetime, timedelta

import pytest

from billing.models import Account, ClosedStatement, Transfer
from billing.statements.closing import close_over, close_statements, faults_of_statements
from billing.statements.months import Month
from billing.statements.parties import of_person
from billing.statements.reading import statement
from network.models import User
from tests.billing.bought import bought
from tests.factories import PARIS, make_user

pytestmark = pytest.mark.django_db

NOVEMBER = Month(date(2026, 11, 1))
OVER = datetime(2026, 12, 1, 1, 0, tzinfo=PARIS)


def told(person: User) -> list[tuple[str, int, int]]:
    rows = ClosedStatement.objects.filter(account__person=person).order_by("month")
    return [(f"{row.month:%m}", row.before_cents, row.moved_cents) for row in rows]


def test_what_each_customer_owed_at_a_months_end_is_written_once() -> None:
    ada, bob = make_user(), make_user()
    bought(ada)
    bought(bob)

    assert close_statements(month=NOVEMBER, now=OVER) == 2
    assert close_statements(month=NOVEMBER, now=OVER) == 0

    assert told(ada) == [("11", 0, -6500)]
    assert told(bob) == [("11", 0, -6500)]
    seen = statement(of_person(ada), NOVEMBER)
    assert (seen.before_cents, seen.moved_cents) == (0, 6500)


def test_a_month_that_is_not_over_for_an_hour_is_not_closed() -> None:
    bought(make_user())

    with pytest.raises(ValueError, match="2026-11"):
        close_statements(month=NOVEMBER, now=OVER - timedelta(seconds=1))


def test_the_job_closes_every_month_that_is_over_and_none_twice() -> None:
    ada = make_user()
    bought(ada)
    bought(ada, now=datetime(2027, 1, 3, tzinfo=PARIS))

    for _time in range(2):
        close_over(datetime(2027, 2, 2, tzinfo=PARIS))

    assert told(ada) == [("11", 0, -6500), ("01", -6500, -6500)]


def test_what_is_written_later_stands_in_a_later_month() -> None:
    ada = make_user()
    bought(ada)
    close_over(OVER)

    bought(ada, now=datetime(2026, 12, 3, tzinfo=PARIS))
    close_over(datetime(2027, 1, 2, tzinfo=PARIS))

    assert told(ada) == [("11", 0, -6500), ("12", -6500, -6500)]
    assert [*faults_of_statements()] == []


def test_a_statement_that_differs_from_the_ledger_is_a_fault() -> None:
    bought(make_user())
    close_over(OVER)
    ClosedStatement.objects.update(moved_cents=-1)

    (fault,) = faults_of_statements()

    assert fault.rule == "statement"


def test_accounts_of_half_days_have_no_statement() -> None:
    bought(make_user())
    close_over(OVER)

    kinds = ClosedStatement.objects.values_list("account__kind", flat=True)
    assert set(kinds) == {Account.Kind.OWED}
    assert Transfer.objects.filter(source__kind="sold").exists()
