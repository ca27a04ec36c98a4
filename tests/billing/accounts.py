"""Accounts for tests of the ledger."""

from typing import Any
from uuid import UUID, uuid4

from billing.ledger.accounts import account
from billing.ledger.posting import Entry, post
from billing.models import Account, Transfer
from tests.factories import NOW

CENT, HALF_DAY = Account.Unit.CENT, Account.Unit.HALF_DAY


def purse(code: str = "purse", *, holds: int = 0, floor: int | None = 0) -> Account:
    """Make an account of half-days, as a pass is, that was granted so many."""
    made = Account.objects.create(code=code, kind="pass", unit=HALF_DAY, floor=floor)
    if holds:
        move(world(), made, holds, kind=Transfer.Kind.GRANT)
    return made


def world() -> Account:
    """Return where half-days come from and go to: it may have any balance."""
    return account("world", Account.Kind.SOLD, HALF_DAY)


def entry(
    source: Account, target: Account, amount: int, *, key: UUID | None = None, **fields: Any
) -> Entry:
    kind = fields.pop("kind", Transfer.Kind.CONSUME)
    return Entry(
        key=key or uuid4(), kind=kind, source=source, target=target, amount=amount, **fields
    )


def move(source: Account, target: Account, amount: int, **fields: Any) -> Transfer:
    (row,) = post(entries=[entry(source, target, amount, **fields)], now=NOW)
    return row
