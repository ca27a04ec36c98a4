"""`manage.py check_ledger` says that all adds up, or which rows do not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.ledger.checkpoints import write_checkpoint
from billing.models import Account, Checkpoint, Transfer
from tests.billing.accounts import CENT, move, purse, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def found(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command complains of; it must fail."""
    with pytest.raises(CommandError):
        call_command("check_ledger")
    return capsys.readouterr().err


def planted(**fields: object) -> Transfer:
    """Write a transfer as no action would."""
    usual = {"kind": "adjust", "state": "posted", "amount": 1, "made_at": NOW}
    return Transfer.objects.create(**usual | fields)


def test_what_actions_wrote_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    mine = purse(holds=5)
    move(mine, world(), 2, until=NOW + timedelta(minutes=15))
    write_checkpoint(mine, NOW)

    call_command("check_ledger")

    assert capsys.readouterr().out == "2 accounts, 2 transfers: all adds up.\n"


def test_a_balance_below_its_floor_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    mine = purse(holds=1)
    planted(source=mine, target=world(), amount=3)

    assert f"floor: account {mine.pk} purse: -2 is below 0" in found(capsys)


def test_a_wrong_checkpoint_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    mine = purse(holds=5)
    row = Checkpoint.objects.create(
        account=mine, upto=Transfer.objects.get().pk, balance=6, made_at=timezone.now()
    )

    assert f"checkpoint: checkpoint {row.pk}: purse had 5, not 6" in found(capsys)


def test_cents_made_of_half_days_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    cents = Account.objects.create(code="cents", kind="owed", unit=CENT)
    row = planted(source=world(), target=cents)

    told = found(capsys)

    assert f"one unit: transfer {row.pk}" in told
    assert "zero sum: unit cent: adds up to 1" in told


@pytest.mark.parametrize(("amount", "minutes"), [(5, 0), (4, 15)])
def test_more_than_was_reserved_or_too_late_is_found(
    amount: int, minutes: int, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = purse(holds=9)
    reserved = move(mine, world(), 4, until=NOW + timedelta(minutes=15))
    row = planted(
        source=mine,
        target=world(),
        amount=amount,
        settles=reserved,
        made_at=NOW + timedelta(minutes=minutes),
        key=uuid4(),
    )

    assert f"settlement: transfer {row.pk}: does not settle {reserved.pk}" in found(capsys)
