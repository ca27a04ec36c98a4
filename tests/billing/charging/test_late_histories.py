"""Random histories of one booking that is changed late and cancelled in the end.

With every clock run out, what is kept in all is exactly the share of the most that was ever owed
(or ever taken of a pass), rounded once: as much as cancelling then, no more than was owed, however
often something was given up and taken again. With some clocks still running it is at least what
cancelling at once would have kept. No step keeps more than cancelling instead of it would. What is
told to be kept at most is at least what cancelling keeps, and just that once all is late.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.charging.quotes import Use
from billing.models import CancellationPolicy, Charge, Pass, PassBearer
from billing.prices.durations import Duration
from billing.showing.telling import Price, prices_now
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.accounts import move, world
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, taken_back, use
from tests.billing.tariffs import make_grid, off_peak, price
from tests.factories import MONDAY, NOW, at, interval, make_site

pytestmark = pytest.mark.django_db
DESK, ROOM = Space.Kind.DESK, Space.Kind.MEETING_ROOM
HALL, COUNTER = Space.Kind.EVENT_HALL, Space.Kind.REMOTE_COUNTER
FIRST = MONDAY + timedelta(days=2)
#: From then on cancelling is not free: of none of the days with 720 hours, of the first with 24.
START = at(FIRST, "07:00")
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
MANY = 60
#: What is wanted: a kind, units, and on some of three days hours from a first one.
DAYS = st.dictionaries(
    st.integers(0, 2), st.tuples(st.integers(8, 14), st.integers(1, 6)), min_size=1
)
Wish = tuple[Space.Kind, int, dict[int, tuple[int, int]]]
KINDS = st.sampled_from([DESK, DESK, ROOM, HALL, COUNTER])
WISHES = st.lists(st.tuples(KINDS, st.integers(1, 3), DAYS), min_size=1, max_size=6)
OF_PASSES = st.lists(
    st.tuples(st.sampled_from([DESK, DESK, COUNTER]), st.integers(1, 3), DAYS),
    min_size=1,
    max_size=6,
)
PERCENT = st.integers(0, 100)


def wanted(site: Site, wish: Wish) -> Use:
    kind, units, days = wish
    times = []
    for day, (hour, hours) in sorted(days.items()):
        start = at(FIRST + timedelta(days=day), f"{hour:02}:00")
        times.append(Interval(start, start + timedelta(hours=hours)))
    return use(site, *times, units=units, kind=kind)


def network(percent: int, free_hours: int) -> tuple[Site, Customer, Pass]:
    """Make kinds dear, cheap and free, calm hours, terms, and a pass that is nobody's yet."""
    grid, site, somebody = make_grid(), make_site(), Customer()
    off_peak(grid, FIRST.weekday(), "12:00", "14:00")
    price(grid, Duration.HALF_DAY, 18000, kind=HALL)
    price(grid, Duration.HOUR, 375, kind=ROOM, off_peak_cents=133)
    price(grid, Duration.HOUR, 0, kind=COUNTER)
    for kind in (DESK, ROOM, HALL, COUNTER):
        CancellationPolicy.objects.create(kind=kind, free_hours=free_hours, late_percent=percent)
    some = make_pass(somebody.person, grid, MANY, NEXT_YEAR)
    PassBearer.objects.all().delete()
    return site, somebody, some


def kept() -> int:
    return sum(one.amount_cents for one in Charge.objects.filter(kind="late"))


def half_days_kept() -> int:
    rows = Charge.objects.filter(kind="late", spent_pass__isnull=False)
    return sum(one.quantity // 100 for one in rows)


def once(percent: int, most: int) -> int:
    """Return the share of an amount, halves up."""
    return (most * percent + 50) // 100


def cancelling(somebody: Customer, now: datetime) -> tuple[int, int]:
    """Return what cancelling at once would keep more, in cents and in half-days."""
    before = kept(), half_days_kept()
    with transaction.atomic():
        subject = somebody.subjects.pop("A")
        somebody.turn(subject, subject.use, None, now)
        after = kept(), half_days_kept()
        transaction.set_rollback(True)
    somebody.subjects["A"] = subject
    return after[0] - before[0], after[1] - before[1]


class Played(NamedTuple):
    """The most that was owed, the most half-days taken, what cancelling at once would keep."""

    owed: int
    taken: int
    at_once: tuple[int, int]


def play(somebody: Customer, site: Site, wishes: Sequence[Wish]) -> Played:
    """Book the first wish, change to the others one by one, and cancel."""
    first, *others = wishes
    somebody.book("A", wanted(site, first))
    at_once = cancelling(somebody, START)
    had = [(somebody.owes(), half_days_taken())]
    for number, wish in enumerate(others):
        change(somebody, wanted(site, wish), START + timedelta(minutes=number))
        had.append((somebody.owes() - kept(), half_days_taken()))
    somebody.cancel("A", START + timedelta(hours=1))
    assert all_adds_up()
    owed, taken = zip(*had, strict=True)
    return Played(max(owed), max(taken), at_once)


def change(somebody: Customer, asked: Use, now: datetime) -> None:
    """Change the booking, which keeps no more than cancelling it would, nor that than is told."""
    limit, before = cancelling(somebody, now), (kept(), half_days_kept())
    told = prices_now({"A": asked.site}, now)["A"]
    assert limit[0] <= most_told(told)
    assert limit[1] <= told.most_at_stake
    somebody.change("A", asked, now)
    assert kept() - before[0] <= limit[0]
    assert half_days_kept() - before[1] <= limit[1]


def most_told(price: Price) -> int:
    """Return the cents that a page says to be kept more at most: once some was, or a share."""
    if price.cents_at_stake is not None:
        return price.cents_at_stake
    return once(price.percent_at_stake, price.cents - price.late_cents)


def half_days_taken() -> int:
    """Return the half-days that stand as used."""
    rows = Charge.objects.filter(spent_pass__isnull=False).exclude(kind="late")
    return sum((-1 if one.kind == "given_back" else 1) * one.quantity // 100 for one in rows)


@settings(max_examples=12, deadline=None)
@given(percent=PERCENT, wishes=WISHES)
def test_whatever_the_late_steps_the_share_of_the_most_that_was_owed_is_kept(
    percent: int, wishes: list[Wish]
) -> None:
    with taken_back():
        site, somebody, _some = network(percent, 720)

        played = play(somebody, site, wishes)

        assert somebody.owes() == kept() == once(percent, played.owed)


@settings(max_examples=12, deadline=None)
@given(percent=PERCENT, wishes=OF_PASSES)
def test_whatever_the_late_steps_the_share_of_the_most_half_days_is_kept(
    percent: int, wishes: list[Wish]
) -> None:
    with taken_back():
        site, somebody, some = network(percent, 720)
        PassBearer.objects.create(spent=some, person=somebody.person)

        played = play(somebody, site, wishes)

        assert MANY - left(some) == half_days_kept() == once(percent, played.taken)
        assert somebody.owes() == 0


@settings(max_examples=12, deadline=None)
@given(percent=PERCENT, wishes=WISHES, has_other=st.booleans())
def test_with_clocks_that_still_run_as_much_is_kept_as_cancelling_at_once_would(
    percent: int, wishes: list[Wish], *, has_other: bool
) -> None:
    with taken_back():
        site, somebody, _some = network(percent, 24)
        if has_other:
            somebody.book("B", use(site, interval(FIRST, "18:00", "21:00")), NOW)

        played = play(somebody, site, wishes)

        assert played.at_once[0] <= kept() <= once(percent, played.owed)


@settings(max_examples=12, deadline=None)
@given(percent=PERCENT, wishes=WISHES, half_days=st.integers(1, 6))
def test_where_a_pass_covers_some_days_neither_cents_nor_half_days_are_kept_without_end(
    percent: int, wishes: list[Wish], half_days: int
) -> None:
    with taken_back():
        site, somebody, some = network(percent, 720)
        PassBearer.objects.create(spent=some, person=somebody.person)
        move(some.account, world(), MANY - half_days)

        played = play(somebody, site, wishes)

        assert kept() <= once(percent, played.owed)
        assert half_days_kept() <= once(percent, played.taken)


@settings(max_examples=12, deadline=None)
@given(percent=PERCENT, wishes=WISHES)
def test_once_all_is_late_and_some_was_kept_just_what_cancelling_keeps_is_told(
    percent: int, wishes: list[Wish]
) -> None:
    with taken_back():
        site, somebody, _some = network(percent, 720)
        somebody.book("A", wanted(site, wishes[0]))
        for number, wish in enumerate(wishes[1:]):
            somebody.change("A", wanted(site, wish), START + timedelta(minutes=number))

        told = prices_now({"A": site}, START + timedelta(hours=1))["A"]

        keeps, _half_days = cancelling(somebody, START + timedelta(hours=1))
        assert told.cents_at_stake in (None, keeps)
        assert most_told(told) == keeps
