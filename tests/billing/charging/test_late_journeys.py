"""Random journeys of one booking between sites of two operators, beside another booking.

With every clock run out, each operator keeps the share of the most that it was ever owed (or that
was ever taken of a pass at its sites). With clocks that still run, no journey keeps less than
cancelling at once would have, and none has a pass give what it does not hold.
"""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.charging.quotes import Use
from billing.models import CancellationPolicy, Charge, Pass
from sites.intervals import Interval
from sites.models import Site
from tests.billing.accounts import move, world
from tests.billing.charging.test_late_histories import (
    FIRST,
    MANY,
    NEXT_YEAR,
    START,
    cancelling,
    once,
)
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, taken_back, use
from tests.billing.tariffs import make_grid
from tests.factories import at, interval, make_site

pytestmark = pytest.mark.django_db
#: Where, how many places, and from which hour for how long on which of some days.
DAYS = st.dictionaries(
    st.integers(0, 9), st.tuples(st.integers(8, 13), st.integers(1, 4)), min_size=1, max_size=4
)
Leg = tuple[int, int, dict[int, tuple[int, int]]]
LEGS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2), DAYS), min_size=1, max_size=5)

#: What is booked first: the booking, or one beside it on its first evening, if there is one.
ORDERS = st.sampled_from(["A", "AB", "BA"])
EVENING = interval(FIRST, "18:00", "20:00")
#: What cancelling at once would have kept and what was kept: cents and half-days.
Played = tuple[tuple[int, int], tuple[int, int]]


def wanted(sites: Sequence[Site], leg: Leg) -> Use:
    where, units, days = leg
    starts = [
        (at(FIRST + timedelta(days=day), f"{hour:02}:00"), hours)
        for day, (hour, hours) in sorted(days.items())
    ]
    times = [Interval(start, start + timedelta(hours=hours)) for start, hours in starts]
    return use(sites[where], *times, units=units)


def network(percent: int, free_hours: int, half_days: int) -> tuple[list[Site], Customer, Pass]:
    """Make three sites, two of them of one operator, and somebody with so many half-days."""
    grid, site, somebody = make_grid(), make_site(), Customer()
    terms = {"kind": "desk", "free_hours": free_hours, "late_percent": percent}
    CancellationPolicy.objects.create(**terms)
    some = make_pass(somebody.person, grid, MANY, NEXT_YEAR)
    if half_days < MANY:
        move(some.account, world(), MANY - half_days)
    return [site, make_site(operator=site.operator), make_site()], somebody, some


def at_operator(site: Site) -> tuple[int, int]:
    """Return the cents that an operator is owed for uses, and the half-days taken at its sites."""
    lines = Charge.objects.of_operator(site.operator).exclude(kind="late")
    covered = [one for one in lines if one.spent_pass_id]
    half_days = sum((-1 if one.kind == "given_back" else 1) * one.quantity for one in covered)
    return sum(one.amount_cents for one in lines), half_days // 100


def kept_by(site: Site) -> tuple[int, int]:
    lines = Charge.objects.of_operator(site.operator).filter(kind="late")
    half_days = sum(one.quantity // 100 for one in lines if one.spent_pass_id)
    return sum(one.amount_cents for one in lines), half_days


@settings(max_examples=15, deadline=None)
@given(percent=st.integers(0, 100), legs=LEGS, has_pass=st.booleans())
def test_each_operator_keeps_the_share_of_the_most_that_it_had(
    percent: int, legs: list[Leg], *, has_pass: bool
) -> None:
    with taken_back():
        sites, somebody, _some = network(percent, 24 * 30, MANY)
        somebody.in_money = "" if has_pass else "A"
        most = {0: (0, 0), 2: (0, 0)}

        for number, leg in enumerate(legs):
            now = START + timedelta(minutes=number)
            act = somebody.change if number else somebody.book
            act("A", wanted(sites, leg), now)
            for key, before in most.items():
                cents, half_days = at_operator(sites[key])
                most[key] = max(before[0], cents), max(before[1], half_days)
        somebody.cancel("A", START + timedelta(hours=1))

        for key, (cents, half_days) in most.items():
            assert kept_by(sites[key]) == (once(percent, cents), once(percent, half_days))
        assert all_adds_up()


def kept_of_it() -> tuple[int, int]:
    """Return the cents and the half-days that were kept of the booking."""
    lines = Charge.objects.of_subject("A").filter(kind="late")
    half_days = sum(one.quantity // 100 for one in lines if one.spent_pass_id)
    return sum(one.amount_cents for one in lines), half_days


def travel(somebody: Customer, sites: Sequence[Site], legs: Sequence[Leg], order: str) -> Played:
    """Book in an order, change one booking leg by leg, and cancel it, then the other.

    Return what cancelling at once would have kept of it, and what was kept.
    """
    for name in order:
        wish = wanted(sites, legs[0]) if name == "A" else use(sites[0], EVENING)
        somebody.book(name, wish)
    at_once = cancelling(somebody, START)
    for number, leg in enumerate(legs[1:]):
        somebody.change("A", wanted(sites, leg), START + timedelta(minutes=number))
    for name in sorted(order):
        somebody.cancel(name, START + timedelta(hours=1))
    assert all_adds_up()
    return at_once, kept_of_it()


@settings(max_examples=25, deadline=None)
@given(percent=st.integers(0, 100), legs=LEGS, order=ORDERS)
def test_no_journey_keeps_fewer_cents_than_cancelling_at_once_would(
    percent: int, legs: list[Leg], order: str
) -> None:
    with taken_back():
        sites, somebody, _some = network(percent, 24, MANY)
        somebody.in_money = "AB"

        at_once, found = travel(somebody, sites, legs, order)

        assert found[0] >= at_once[0]


@settings(max_examples=25, deadline=None)
@given(percent=st.integers(0, 100), legs=LEGS, order=ORDERS)
def test_no_journey_keeps_fewer_half_days_than_cancelling_at_once_would(
    percent: int, legs: list[Leg], order: str
) -> None:
    with taken_back():
        sites, somebody, _some = network(percent, 24, MANY)

        at_once, found = travel(somebody, sites, legs, order)

        assert found[1] >= at_once[1]


@settings(max_examples=25, deadline=None)
@given(legs=LEGS, order=ORDERS, half_days=st.integers(0, 6))
def test_however_few_half_days_there_are_something_is_kept_of_what_is_late(
    legs: list[Leg], order: str, half_days: int
) -> None:
    with taken_back():
        sites, somebody, some = network(100, 24, half_days)

        at_once, found = travel(somebody, sites, legs, order)

        assert any(found) or not any(at_once)
        assert left(some) >= 0
