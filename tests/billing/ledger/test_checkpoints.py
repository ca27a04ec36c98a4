"""Balances are written down before there is much to add up."""

import pytest

from billing.ledger import checkpoints
from billing.ledger.balances import balance, last_checkpoint
from billing.ledger.checkpoints import write_due_checkpoints
from network.jobs.regular import REGULAR
from tests.billing.accounts import move, purse, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST_TRANSFERS", 3)


def test_an_account_of_many_transfers_gets_a_checkpoint_and_keeps_its_balance() -> None:
    busy, calm = purse("busy", holds=9), purse("calm", holds=9)
    for _time in range(3):
        move(busy, world(), 2)
    move(calm, world(), 1)

    written = write_due_checkpoints(NOW)

    assert written == 2, "The busy one, and where all of it went."
    assert last_checkpoint(busy)
    assert last_checkpoint(calm) is None
    assert (balance(busy), balance(calm), balance(world())) == (3, 8, -11)


def test_what_came_in_counts_as_what_went_out() -> None:
    fed = purse("fed", floor=None)
    for _time in range(3):
        move(world(), fed, 1)

    write_due_checkpoints(NOW)

    checkpoint = last_checkpoint(fed)
    assert checkpoint
    assert checkpoint.balance == 3


def test_after_a_checkpoint_it_takes_as_many_again() -> None:
    busy = purse("busy", holds=9)
    for _time in range(3):
        move(busy, world(), 1)
    write_due_checkpoints(NOW)
    move(busy, world(), 1)
    move(busy, world(), 1)

    assert write_due_checkpoints(NOW) == 0

    move(busy, world(), 1)
    assert write_due_checkpoints(NOW) == 2
    assert balance(busy) == 3


def test_workers_do_it_by_themselves() -> None:
    assert write_due_checkpoints in [one.act for one in REGULAR]
