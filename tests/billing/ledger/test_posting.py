"""Transfers add up, are written once, and take nobody below their floor."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from billing.errors import KeyOfAnother, NotEnough, ReservationEnded
from billing.ledger.balances import available, balance
from billing.ledger.checkpoints import write_checkpoint
from billing.ledger.posting import post, rows_of, settle, void
from billing.models import Account, Transfer
from tests.billing.accounts import CENT, entry, move, purse, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
CONSUME = Transfer.Kind.CONSUME
IN_A_QUARTER = NOW + timedelta(minutes=15)


def test_what_leaves_one_account_is_in_the_other() -> None:
    mine = purse(holds=10)

    move(mine, world(), 3)

    assert balance(mine) == 7
    assert balance(world()) == -7


def test_nobody_spends_more_than_there_is() -> None:
    mine = purse(holds=2)

    with pytest.raises(NotEnough):
        move(mine, world(), 3)

    assert balance(mine) == 2


def test_an_account_without_a_floor_may_owe() -> None:
    owing = purse("owing", floor=None)

    move(owing, world(), 3)

    assert balance(owing) == -3


def test_several_are_written_together_or_not_at_all() -> None:
    mine, other = purse(holds=5), purse("other", holds=1)

    with pytest.raises(NotEnough):
        post(entries=[entry(mine, world(), 5), entry(other, world(), 2)], now=NOW)

    assert (balance(mine), balance(other)) == (5, 1)


def test_the_second_of_two_entries_sees_the_first() -> None:
    mine = purse(holds=5)

    with pytest.raises(NotEnough):
        post(entries=[entry(mine, world(), 3), entry(mine, world(), 3)], now=NOW)

    assert balance(mine) == 5


def test_of_an_account_with_a_floor_only_who_locked_it_gets_rows() -> None:
    mine = purse(holds=5)

    with pytest.raises(ValueError, match="has a floor"):
        rows_of([entry(mine, world(), 1)], NOW)

    (row,) = rows_of([entry(mine, world(), 5)], NOW, {mine.pk: 5})
    assert (row.source, row.amount) == (mine, 5)


@pytest.mark.parametrize("amounts", [(6,), (3, 3)])
def test_who_locked_an_account_takes_no_more_than_there_is(amounts: tuple[int, ...]) -> None:
    mine = purse(holds=5)

    with pytest.raises(NotEnough):
        rows_of([entry(mine, world(), one) for one in amounts], NOW, {mine.pk: 5})


def test_what_comes_in_first_may_be_taken_again_and_not_the_other_way_round() -> None:
    mine = purse()
    back, again = entry(world(), mine, 2), entry(mine, world(), 2)

    assert len(rows_of([back, again], NOW, {mine.pk: 0})) == 2
    with pytest.raises(NotEnough):
        rows_of([again, back], NOW, {mine.pk: 0})


def test_what_is_only_reserved_for_an_account_is_not_there_to_be_taken() -> None:
    mine = purse()
    reserved = entry(world(), mine, 2, until=IN_A_QUARTER)

    with pytest.raises(NotEnough):
        rows_of([reserved, entry(mine, world(), 1)], NOW, {mine.pk: 0})


def test_written_again_under_its_key_it_moves_nothing() -> None:
    mine, key = purse(holds=5), uuid4()

    first = move(mine, world(), 3, key=key)
    again = move(mine, world(), 3, key=key)

    assert again.pk == first.pk
    assert balance(mine) == 2


def test_a_key_never_stands_on_two_transfers() -> None:
    mine, key = purse(holds=5), uuid4()
    move(mine, world(), 3, key=key)

    with pytest.raises(KeyOfAnother):
        move(mine, world(), 2, key=key)


def test_cents_are_not_made_of_half_days() -> None:
    cents = Account.objects.create(code="cents", kind="owed", unit=CENT)

    with pytest.raises(ValueError, match="not of one unit"):
        move(purse(holds=5), cents, 1)


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_cannot_be_moved(amount: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        move(purse(holds=5), world(), amount)


def test_what_is_reserved_cannot_be_taken_but_is_still_there() -> None:
    mine = purse(holds=5)

    move(mine, world(), 4, until=IN_A_QUARTER)

    assert (balance(mine), available(mine, NOW)) == (5, 1)
    with pytest.raises(NotEnough):
        move(mine, world(), 2)


def test_what_is_reserved_and_confirmed_is_taken_once() -> None:
    mine, key = purse(holds=5), uuid4()
    reserved = move(mine, world(), 4, until=IN_A_QUARTER)

    settle(reserved=reserved, key=key, kind=CONSUME, now=NOW)
    settle(reserved=reserved, key=key, kind=CONSUME, now=NOW)

    assert (balance(mine), available(mine, NOW)) == (1, 1)


def test_less_than_was_reserved_may_be_taken() -> None:
    mine = purse(holds=5)
    reserved = move(mine, world(), 4, until=IN_A_QUARTER)

    settle(reserved=reserved, key=uuid4(), kind=CONSUME, now=NOW, amount=1)

    assert (balance(mine), available(mine, NOW)) == (4, 4)


@pytest.mark.parametrize("amount", [0, 5])
def test_never_more_than_was_reserved(amount: int) -> None:
    reserved = move(purse(holds=9), world(), 4, until=IN_A_QUARTER)

    with pytest.raises(ValueError, match="not within"):
        settle(reserved=reserved, key=uuid4(), kind=CONSUME, now=NOW, amount=amount)


def test_what_is_let_go_is_free_again_and_stays_so() -> None:
    mine = purse(holds=5)
    reserved = move(mine, world(), 4, until=IN_A_QUARTER)

    void(reserved=reserved, key=uuid4(), now=NOW)

    assert available(mine, NOW) == 5
    with pytest.raises(ReservationEnded):
        settle(reserved=reserved, key=uuid4(), kind=CONSUME, now=NOW)


def test_at_its_end_a_reservation_counts_for_nothing_with_no_job_run() -> None:
    mine = purse(holds=5)
    reserved = move(mine, world(), 4, until=IN_A_QUARTER)

    assert available(mine, IN_A_QUARTER - timedelta(seconds=1)) == 1
    assert available(mine, IN_A_QUARTER) == 5
    with pytest.raises(ReservationEnded):
        settle(reserved=reserved, key=uuid4(), kind=CONSUME, now=IN_A_QUARTER)


def test_a_reservation_at_its_end_can_still_be_let_go() -> None:
    mine = purse(holds=5)
    reserved = move(mine, world(), 4, until=IN_A_QUARTER)

    void(reserved=reserved, key=uuid4(), now=IN_A_QUARTER)

    assert available(mine, IN_A_QUARTER) == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_transfer SET amount = 1",
        "UPDATE billing_transfer SET words = 'another'",
        "DELETE FROM billing_transfer",
        "UPDATE billing_checkpoint SET balance = 99",
        "DELETE FROM billing_checkpoint",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(statement: str) -> None:
    mine = purse(holds=5)
    write_checkpoint(mine, NOW)

    with (
        pytest.raises(DatabaseError, match="ledger_written_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert balance(mine) == 5


def test_a_checkpoint_changes_no_balance() -> None:
    mine = purse(holds=5)
    move(mine, world(), 2)

    first = write_checkpoint(mine, NOW)
    move(mine, world(), 1)

    assert first
    assert first.balance == 3
    assert balance(mine) == 2
    second = write_checkpoint(mine, NOW)
    assert second
    assert second.balance == 2


def test_without_a_transfer_since_there_is_no_further_checkpoint() -> None:
    mine = purse(holds=5)
    write_checkpoint(mine, NOW)

    assert write_checkpoint(mine, NOW) is None
