"""Random histories of passes: bought, spent, given back, over. A model in few lines keeps count.

Beancount reads the export and adds it up once more.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.errors import NotEnough
from billing.ledger.accounts import owed_by
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.ledger.journal import name_of
from billing.models import Account, Charge, Pass, PassOffer, Transfer
from billing.passes.buying import buy_pass
from billing.passes.expiring import expire_passes
from billing.passes.holding import Need, usable
from billing.passes.spending import give_back, spend
from network.models import User
from sites.models import Site
from tests.billing.bought import make_offer, selling_site
from tests.billing.ledger.test_histories import added_up_by_beancount, taken_back
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
#: Passes hold a month or two; each step takes ten days.
STEP = timedelta(days=10)
#: What is done, and with how much or which.
Step = tuple[str, int]
STEPS = st.one_of(
    st.tuples(st.just("buy"), st.integers(0, 1)),
    st.tuples(st.just("spend"), st.integers(1, 4)),
    st.tuples(st.just("give back"), st.integers(0, 9)),
    st.tuples(st.just("expire"), st.just(0)),
)


@dataclass
class Count:
    """What the model knows of a pass."""

    row: Pass
    left: int


@dataclass
class Model:
    """One person's passes by simple arithmetic."""

    person: User
    site: Site
    offers: list[PassOffer]
    passes: list[Count] = field(default_factory=list)
    spendings: list[list[Transfer]] = field(default_factory=list)

    def in_order(self, now: datetime) -> list[Count]:
        """Return what may be spent at `now`, in the order of its end."""
        alive = [one for one in self.passes if one.row.valid_until > now and one.left]
        return sorted(alive, key=lambda one: (one.row.valid_until, one.row.pk))

    def of(self, account: Account) -> Count:
        return next(one for one in self.passes if one.row.account_id == account.pk)


def play(model: Model, step: Step, now: datetime) -> None:
    """Do one step both to the ledger and to the model."""
    what, number = step
    if what == "buy":
        offer = model.offers[number]
        row = buy_pass(offer=offer, site=model.site, by=model.person, now=now, key=uuid4())
        model.passes.append(Count(row, offer.half_days))
    elif what == "spend":
        take(model, number, now)
    elif what == "give back":
        put_back(model, number, now)
    else:
        expire_passes(now)
        for one in model.passes:
            one.left = one.left if one.row.valid_until > now else 0


def take(model: Model, half_days: int, now: datetime) -> None:
    need = Need(person=model.person, kind="desk", site=model.site)
    asked = {"need": need, "half_days": half_days, "subject": f"B{len(model.spendings)}"}
    if sum(one.left for one in model.in_order(now)) < half_days:
        with pytest.raises(NotEnough):
            spend(**asked, key=uuid4(), now=now)  # type: ignore[arg-type]  # as asked
        return
    model.spendings.append(spend(**asked, key=uuid4(), now=now))  # type: ignore[arg-type]  # as asked
    for one in model.in_order(now):
        taken = min(one.left, half_days)
        one.left, half_days = one.left - taken, half_days - taken


def put_back(model: Model, number: int, now: datetime) -> None:
    """Give back all of one spending, once."""
    if not model.spendings:
        return
    taken = model.spendings.pop(number % len(model.spendings))
    total = sum(one.amount for one in taken)
    give_back(transfers=taken, half_days=total, key=uuid4(), now=now)
    for one in taken:
        model.of(one.source).left += one.amount


@settings(max_examples=40)
@given(steps=st.lists(STEPS, max_size=15))
def test_whatever_happens_to_passes_all_adds_up(steps: list[Step]) -> None:
    with taken_back():
        ada, site = make_user(), selling_site()
        offers = [make_offer(3, valid_months=1), make_offer(5, valid_months=2)]
        model = Model(ada, site, offers)

        for number, step in enumerate(steps):
            play(model, step, NOW + number * STEP)

        now = NOW + len(steps) * STEP
        assert [balance(one.row.account) for one in model.passes] == [
            one.left for one in model.passes
        ]
        told = usable(Need(person=ada, kind="desk", site=site), now)
        assert [(one.row, one.left) for one in told] == [
            (one.row, one.left) for one in model.in_order(now)
        ]
        assert -balance(owed_by(ada)) == sum(line.amount_cents for line in Charge.objects.all())
        assert not list(faults())
        found = added_up_by_beancount()
        assert [found.get(name_of(one.row.account), 0) for one in model.passes] == [
            one.left for one in model.passes
        ]
        assert sum(found.values()) == 0
