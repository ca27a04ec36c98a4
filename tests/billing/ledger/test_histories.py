"""Random histories: whatever is asked in whatever order, the ledger adds up.

A model in a dozen lines says what must be left of each purse; Beancount reads the export and adds
it up once more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from beancount import loader
from beancount.core import realization
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.errors import NotEnough, ReservationEnded
from billing.ledger.balances import available, balance
from billing.ledger.checking import faults
from billing.ledger.checkpoints import write_checkpoint
from billing.ledger.journal import COMMODITIES, journal, name_of
from billing.ledger.posting import post, settle, void
from billing.models import Account, Transfer
from tests.billing.accounts import entry, purse, world
from tests.factories import NOW

pytestmark = pytest.mark.django_db
#: What is reserved ends half an hour later; each step takes ten minutes.
HELD, STEP = timedelta(minutes=30), timedelta(minutes=10)
#: What is done, to which purse or reservation, and with how much.
Step = tuple[str, int, int]
STEPS = st.one_of(
    st.tuples(st.just("grant"), st.integers(0, 1), st.integers(1, 5)),
    st.tuples(st.just("consume"), st.integers(0, 1), st.integers(1, 5)),
    st.tuples(st.just("reserve"), st.integers(0, 1), st.integers(1, 5)),
    st.tuples(st.just("settle"), st.integers(0, 9), st.integers(1, 5)),
    st.tuples(st.just("void"), st.integers(0, 9), st.just(1)),
    st.tuples(st.just("again"), st.integers(0, 9), st.just(1)),
    st.tuples(st.just("checkpoint"), st.integers(0, 1), st.just(1)),
)


@dataclass
class Reserved:
    """What the model knows of a reservation."""

    row: Transfer
    purse: int
    amount: int
    end: datetime
    is_open: bool = True


@dataclass
class Model:
    """Two purses by simple arithmetic, beside the accounts they are compared with."""

    accounts: list[Account]
    left: list[int] = field(default_factory=lambda: [0, 0])
    reserved: list[Reserved] = field(default_factory=list)
    keys: int = 0

    def key(self) -> UUID:
        self.keys += 1
        return UUID(int=self.keys)

    def free_at(self, now: datetime) -> list[int]:
        """Return what may be taken from each purse."""
        kept = [0, 0]
        for one in self.reserved:
            kept[one.purse] += one.amount if one.is_open and one.end > now else 0
        return [left - held for left, held in zip(self.left, kept, strict=True)]


def play(model: Model, step: Step, now: datetime) -> None:
    """Do one step both to the ledger and to the model."""
    what, number, amount = step
    if what in ("settle", "void"):
        close(model, what, number, amount, now)
    elif what == "again":
        write_again(model, number, now)
    elif what == "checkpoint":
        write_checkpoint(model.accounts[number], now)
    else:
        move(model, what, number, amount, now)


def move(model: Model, what: str, number: int, amount: int, now: datetime) -> None:
    mine, key = model.accounts[number], model.key()
    if what == "grant":
        granted = entry(world(), mine, amount, key=key, kind=Transfer.Kind.GRANT)
        post(entries=[granted], now=now)
        model.left[number] += amount
        return
    until = now + HELD if what == "reserve" else None
    asked = entry(mine, world(), amount, key=key, until=until)
    if model.free_at(now)[number] < amount:
        with pytest.raises(NotEnough):
            post(entries=[asked], now=now)
        return
    (row,) = post(entries=[asked], now=now)
    if until:
        model.reserved.append(Reserved(row, number, amount, until))
    else:
        model.left[number] -= amount


def close(model: Model, what: str, number: int, amount: int, now: datetime) -> None:
    if not model.reserved:
        return
    one = model.reserved[number % len(model.reserved)]
    taken, key = min(amount, one.amount), model.key()
    may = one.is_open and (what == "void" or one.end > now)
    if not may:
        with pytest.raises(ReservationEnded):
            finish(what, one.row, key, taken, now)
        return
    finish(what, one.row, key, taken, now)
    one.is_open = False
    if what == "settle":
        model.left[one.purse] -= taken


def finish(what: str, row: Transfer, key: UUID, amount: int, now: datetime) -> None:
    if what == "settle":
        settle(reserved=row, key=key, kind=Transfer.Kind.CONSUME, now=now, amount=amount)
    else:
        void(reserved=row, key=key, now=now)


def write_again(model: Model, number: int, now: datetime) -> None:
    """Ask for something once more under the key it has: nothing happens."""
    rows = list(Transfer.objects.filter(settles=None).order_by("pk"))
    if not rows:
        return
    row = rows[number % len(rows)]
    same = entry(
        row.source, row.target, row.amount, key=row.key, kind=row.kind, until=row.expires_at
    )
    assert post(entries=[same], now=now)[0].pk == row.pk


def added_up_by_beancount() -> dict[str, int]:
    """Return the balances that Beancount finds in the export, by its names of accounts."""
    entries, errors, _options = loader.load_string("\n".join(journal()))
    assert not errors
    found = realization.realize(entries)  # type: ignore[no-untyped-call]
    return {
        one.account: int(one.balance.get_currency_units(commodity).number)
        for one in realization.iter_children(found)  # type: ignore[no-untyped-call]
        for commodity in COMMODITIES.values()
        if one.balance.get_currency_units(commodity).number
    }


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back all that an example writes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=60)
@given(steps=st.lists(STEPS, max_size=25))
def test_whatever_happens_the_ledger_adds_up(steps: list[Step]) -> None:
    with taken_back():
        model = Model([purse("first"), purse("second")])

        for number, step in enumerate(steps):
            play(model, step, NOW + number * STEP)

        now = NOW + len(steps) * STEP
        assert [balance(one) for one in model.accounts] == model.left
        assert [available(one, now) for one in model.accounts] == model.free_at(now)
        assert min(model.free_at(now)) >= 0
        assert not list(faults())
        found = added_up_by_beancount()
        assert [found.get(name_of(one), 0) for one in model.accounts] == model.left
        assert sum(found.values()) == 0
