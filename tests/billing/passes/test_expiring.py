"""What nobody used is written off once, and nothing before its end."""

from datetime import timedelta

import pytest

from billing.ledger.accounts import expired_of
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.models import Transfer
from billing.passes.expiring import expire_passes
from billing.passes.holding import held
from network.jobs.regular import REGULAR
from tests.billing.bought import bought
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def test_what_is_left_of_a_pass_that_is_over_is_written_off() -> None:
    mine = bought(make_user(), 10)

    expire_passes(mine.valid_until)

    assert balance(mine.account) == 0
    assert balance(expired_of(mine.operator)) == 10
    assert not list(faults())


def test_nothing_is_written_off_before_its_end() -> None:
    mine = bought(make_user(), 10)

    expire_passes(mine.valid_until - timedelta(seconds=1))

    assert balance(mine.account) == 10


def test_run_again_it_writes_nothing() -> None:
    mine = bought(make_user(), 10)
    expire_passes(mine.valid_until)
    before = Transfer.objects.count()

    expire_passes(mine.valid_until + timedelta(hours=1))

    assert Transfer.objects.count() == before


def test_until_the_job_has_run_a_pass_that_is_over_has_nothing_left() -> None:
    ada = make_user()
    mine = bought(ada, 10)

    rows = type(mine).objects.of_person(ada)
    assert [one.left for one in held(rows, NOW)] == [10]
    assert [one.left for one in held(rows, mine.valid_until)] == [0]


def test_workers_do_it_every_hour() -> None:
    assert [one.every_s for one in REGULAR if one.act is expire_passes] == [3600.0]
