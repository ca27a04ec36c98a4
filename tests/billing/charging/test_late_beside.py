"""What another booking of the day or week takes over takes away nothing of what is kept late."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.models import CancellationPolicy, Charge, Pass, TariffGrid
from sites.intervals import Interval
from sites.models import Site
from tests.billing.charging.turns import (
    Customer,
    all_adds_up,
    left,
    make_pass,
    taken_back,
    told,
    use,
)
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, at, interval, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
EARLY, NOON = interval(FRIDAY, "08:00", "10:00"), interval(FRIDAY, "10:00", "12:00")
ALL_DAY = interval(FRIDAY, "10:00", "19:00")
#: A day before: cancelling EARLY is not free any more, cancelling NOON still is.
BETWEEN = at(FRIDAY - timedelta(days=1), "09:00")
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
NAMES = "ABCD"
#: The hours of bookings of one day and those between them, and the hour from which they are late.
HOURS = st.lists(st.integers(1, 3), min_size=4, max_size=8)
LATE_FROM = st.integers(9, 20)


@pytest.fixture
def grid() -> TariffGrid:
    grid = make_grid()
    CancellationPolicy.objects.create(kind="desk", free_hours=24, late_percent=100)
    return grid


@pytest.fixture
def site(grid: TariffGrid) -> Site:
    return make_site()


def half_days_kept() -> int:
    lines = Charge.objects.filter(kind="late", spent_pass__isnull=False)
    return sum(one.quantity // 100 for one in lines)


def half_days_of(name: str) -> int:
    lines = Charge.objects.of_subject(name).filter(kind="use", spent_pass__isnull=False)
    return sum(one.quantity // 100 for one in lines if not one.corrections.exists())


@pytest.mark.parametrize("order", ["AB", "BA"])
def test_a_half_day_given_up_late_is_kept_whatever_becomes_of_another_use_of_it(
    site: Site, grid: TariffGrid, order: str
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))
    somebody.book("B", use(site, NOON))

    for name in order:
        somebody.cancel(name, BETWEEN)

    assert left(ten) == 9
    assert all_adds_up()


def test_who_stays_takes_a_half_day_of_its_own_beside_the_one_that_is_kept(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))
    somebody.book("B", use(site, NOON))

    somebody.cancel("A", BETWEEN)

    assert left(ten) == 8
    assert told("A") == [("use", 0), ("given_back", 0), ("late", 0)]


def test_where_too_few_are_left_who_stays_takes_them_over_on_the_clock_of_who_left(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    one = make_pass(somebody.person, grid, 1, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))
    somebody.book("B", use(site, NOON))

    somebody.cancel("A", BETWEEN)
    between = (left(one), half_days_kept())
    somebody.cancel("B", BETWEEN)

    assert between == (0, 0)
    assert (left(one), half_days_kept()) == (0, 1)
    assert all_adds_up()


def test_of_a_use_that_took_no_half_day_none_is_kept(site: Site, grid: TariffGrid) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("B", use(site, NOON))
    somebody.book("A", use(site, EARLY))

    somebody.cancel("A", BETWEEN)

    assert left(ten) == 9
    assert half_days_kept() == 0


def test_cancelled_by_the_site_none_is_kept_of_it(site: Site, grid: TariffGrid) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))
    somebody.book("B", use(site, NOON))

    somebody.cancel("A", BETWEEN, is_free=True)

    assert left(ten) == 9


def test_one_that_is_late_of_a_whole_day_takes_no_more_than_it_took(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))
    somebody.book("B", use(site, ALL_DAY))

    somebody.cancel("A", BETWEEN)
    somebody.cancel("B", BETWEEN)

    assert left(ten) == 9


@pytest.mark.parametrize("booked_first", NAMES)
@pytest.mark.parametrize("leaves_first", [True, False])
def test_of_five_days_that_save_together_the_late_one_keeps_at_least_what_it_cost(
    site: Site, booked_first: str, *, leaves_first: bool
) -> None:
    somebody, others = Customer(), [name for name in "ABCDE" if name != "A"]
    for name in sorted("ABCDE", key=lambda name: name != booked_first):
        day = FRIDAY + timedelta(days=3 + "ABCDE".index(name))
        somebody.book(name, use(site, interval(day, "08:00", "18:00")))
    cost = somebody.owes("A")

    for name in ["A", *others] if leaves_first else [*others, "A"]:
        somebody.cancel(name, at(FRIDAY + timedelta(days=3), "07:00"))

    assert somebody.owed() >= cost
    assert all_adds_up()


def day_of(hours: Sequence[int]) -> list[Interval]:
    """Return times of one day that do not meet, from the hours that they take and leave."""
    ends = [8, *accumulate(hours, initial=8)][1:]
    spans = list(pairwise(ends))[::2]
    starts = [at(FRIDAY, "00:00") + timedelta(hours=one) for one, _end in spans if _end <= 24]
    return [
        Interval(start, start + timedelta(hours=end - first))
        for start, (first, end) in zip(starts, spans, strict=False)
    ]


def booked(site: Site, hours: Sequence[int], half_days: int, order: Sequence[str]) -> Customer:
    """Have somebody book those times of a day in an order, with a pass of so many half-days."""
    somebody, times = Customer(), dict(zip(NAMES, day_of(hours), strict=False))
    make_pass(somebody.person, TariffGrid.objects.get(), half_days, NEXT_YEAR)
    for name in order:
        if name in times:
            somebody.book(name, use(site, times[name]))
    return somebody


@settings(max_examples=30, deadline=None)
@given(
    hours=HOURS,
    booking_order=st.permutations(NAMES),
    order=st.permutations(NAMES),
    late_from=LATE_FROM,
    half_days=st.integers(1, 5),
)
def test_whichever_leaves_first_the_half_days_that_it_took_stay_kept(
    hours: list[int],
    booking_order: list[str],
    order: list[str],
    late_from: int,
    half_days: int,
) -> None:
    with taken_back():
        terms = {"kind": "desk", "free_hours": 24, "late_percent": 100}
        CancellationPolicy.objects.create(**terms)
        make_grid()
        somebody = booked(make_site(), hours, half_days, booking_order)
        order = [name for name in order if name in somebody.subjects]
        first, time = order[0], somebody.subjects[order[0]].use.intervals[0]
        is_late, took = time.starts_at <= at(FRIDAY, f"{late_from:02}:00"), half_days_of(first)

        for name in order:
            somebody.cancel(name, at(FRIDAY - timedelta(days=1), f"{late_from:02}:00"))

        assert half_days_kept() >= (took if is_late else 0)
        assert left(Pass.objects.get()) == half_days - half_days_kept()
        assert all_adds_up()
