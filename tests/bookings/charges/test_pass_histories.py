"""Random histories of passes: bought, spent by booking, given back by cancelling, over.

A model in few lines keeps count, and Beancount reads the export and adds it up once more.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.charging.checking import faults_of_charges
from billing.ledger.accounts import owed_by
from billing.ledger.balances import balance
from billing.ledger.checking import faults
from billing.ledger.journal import name_of
from billing.models import Charge, Pass, PassOffer
from billing.passes.buying import buy_pass
from billing.passes.expiring import expire_passes
from bookings.actions import book, cancel
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.bought import make_offer
from tests.billing.ledger.test_histories import added_up_by_beancount, taken_back
from tests.factories import NOW, interval, make_space, make_user

pytestmark = pytest.mark.django_db
#: Passes hold a month or two; each step takes a week, and what is booked is two weeks ahead.
STEP, AHEAD = timedelta(days=7), timedelta(days=14)
#: What is done, and with how much or which.
Step = tuple[str, int]
STEPS = st.one_of(
    st.tuples(st.just("buy"), st.integers(0, 1)),
    st.tuples(st.just("book"), st.integers(1, 4)),
    st.tuples(st.just("book in money"), st.integers(1, 4)),
    st.tuples(st.just("cancel"), st.integers(0, 9)),
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
    space: Space
    offers: list[PassOffer]
    passes: list[Count] = field(default_factory=list)
    bookings: list[tuple[Booking, list[tuple[Count, int]]]] = field(default_factory=list)

    def fitting(self, time: Interval) -> list[Count]:
        """Return the passes that hold over a time, in the order of their end."""
        some = [one for one in self.passes if one.row.valid_until >= time.ends_at and one.left]
        return sorted(some, key=lambda one: (one.row.valid_until, one.row.pk))


def play(model: Model, step: Step, now: datetime) -> None:
    """Do one step both to the books and to the model."""
    what, number = step
    if what == "buy":
        offer, site = model.offers[number], model.space.site
        row = buy_pass(offer=offer, site=site, by=model.person, now=now, key=uuid4())
        model.passes.append(Count(row, offer.half_days))
    elif what == "cancel":
        put_back(model, number, now)
    elif what == "expire":
        expire_passes(now)
        for one in model.passes:
            one.left = one.left if one.row.valid_until > now else 0
    else:
        take(model, number, now, spends_passes=what == "book")


def take(model: Model, places: int, now: datetime, *, spends_passes: bool) -> None:
    """Book so many places of one morning: a half-day each, all of them or none."""
    time = interval((now + AHEAD).date(), "08:00", "13:00")
    wish = Wish(
        space_id=model.space.pk, intervals=(time,), people=places, spends_passes=spends_passes
    )
    booking = book(wish=wish, person=model.person, by=model.person, now=now)
    model.bookings.append((booking, list(taken(model, time, places)) if spends_passes else []))


def taken(model: Model, time: Interval, half_days: int) -> list[tuple[Count, int]]:
    """Take half-days off the model: all or none, nearest expiry first."""
    found = []
    if sum(one.left for one in model.fitting(time)) >= half_days:
        for one in model.fitting(time):
            amount = min(one.left, half_days)
            one.left, half_days = one.left - amount, half_days - amount
            found.append((one, amount))
    return found


def put_back(model: Model, number: int, now: datetime) -> None:
    """Cancel one booking that is to come: all of it goes back."""
    ahead = [one for one in model.bookings if one[0].starts_at > now + timedelta(days=2)]
    if not ahead:
        return
    booking, half_days = ahead[number % len(ahead)]
    model.bookings.remove((booking, half_days))
    cancel(booking=booking, by=model.person, now=now)
    for one, amount in half_days:
        one.left += amount


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_happens_to_passes_all_adds_up(steps: list[Step]) -> None:
    with taken_back():
        space, ada = make_space(units=8), make_user()
        offers = [make_offer(3, valid_months=1), make_offer(5, valid_months=2)]
        model = Model(ada, space, offers)

        for number, step in enumerate(steps):
            play(model, step, NOW + number * STEP)

        counted = [one.left for one in model.passes]
        assert [balance(one.row.account) for one in model.passes] == counted
        assert -balance(owed_by(ada)) == sum(line.amount_cents for line in Charge.objects.all())
        assert [*faults(), *faults_of_charges()] == []
        found = added_up_by_beancount()
        assert [found.get(name_of(one.row.account), 0) for one in model.passes] == counted
        assert sum(found.values()) == 0
