"""Days that move hand on their time limits one by one: no more is kept of them, and no less."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.charging.clocks import Day, best_of
from billing.models import CancellationPolicy, Charge, TariffGrid
from billing.prices.durations import Duration
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, taken_back, use
from tests.billing.tariffs import make_grid, price
from tests.factories import MONDAY, at, interval, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
#: Of FRIDAY cancelling is late by then, of later days it is free.
LATE = at(FRIDAY, "07:00")
AFTER = LATE + timedelta(minutes=1)
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
HALL = Space.Kind.EVENT_HALL


def morning(weeks: int, days: int = 0) -> Interval:
    return interval(FRIDAY + timedelta(weeks=weeks, days=days), "08:00", "13:00")


def all_day(weeks: int) -> Interval:
    return interval(FRIDAY + timedelta(weeks=weeks), "08:00", "18:00")


@pytest.fixture
def grid() -> TariffGrid:
    grid = make_grid()
    price(grid, Duration.HALF_DAY, 18000, kind=HALL)
    price(grid, Duration.HOUR, 0, kind=Space.Kind.REMOTE_COUNTER)
    return grid


@pytest.fixture
def site(grid: TariffGrid) -> Site:
    return make_site()


def moved_and_cancelled(site: Site, before: list[Interval], after: list[Interval]) -> int:
    """Return what is kept of a booking that moves late and is cancelled then."""
    somebody = Customer()
    somebody.book("A", use(site, *before))
    somebody.change("A", use(site, *after), LATE)
    somebody.cancel("A", AFTER)
    assert all_adds_up()
    return somebody.owed()


def test_of_a_late_day_and_a_free_one_that_move_only_one_is_late(site: Site) -> None:
    kept = moved_and_cancelled(site, [morning(0), morning(1)], [morning(2), morning(3)])

    assert kept == 400


def test_a_day_that_is_added_while_another_one_moves_keeps_its_own_clock(site: Site) -> None:
    assert moved_and_cancelled(site, [morning(0)], [morning(1), morning(2)]) == 400


def test_a_late_day_goes_on_to_one_that_costs_as_much_rather_than_to_a_cheaper_one(
    site: Site,
) -> None:
    assert moved_and_cancelled(site, [all_day(0)], [morning(1), all_day(2)]) == 700


def test_a_late_day_that_is_split_goes_on_to_all_its_parts(site: Site) -> None:
    kept = moved_and_cancelled(site, [all_day(0)], [morning(1), morning(2)])

    assert kept == 800


def test_two_late_days_that_become_one_keep_of_both(site: Site) -> None:
    kept = moved_and_cancelled(site, [morning(0), morning(0, 1)], [morning(2)])

    assert kept == 400  # of SATURDAY cancelling was free


def test_moved_from_what_costs_nothing_a_dear_hall_is_cancelled_on_its_own_terms(
    site: Site,
) -> None:
    somebody = Customer()
    somebody.book("A", use(site, morning(0), kind=Space.Kind.REMOTE_COUNTER))

    somebody.change("A", use(site, morning(1), kind=HALL), LATE)
    somebody.cancel("A", AFTER)

    assert somebody.owed() == 0


def test_half_days_of_a_pass_hand_on_their_clock_by_their_number(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    CancellationPolicy.objects.create(kind="desk", free_hours=24, late_percent=100)
    somebody.book("A", use(site, all_day(0), morning(1)))

    somebody.change("A", use(site, morning(2), morning(3), morning(4)), LATE)
    somebody.cancel("A", AFTER)

    assert left(ten) == 8
    assert all_adds_up()


def test_the_clock_of_a_day_still_running_goes_with_it(site: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(site, morning(1)))
    somebody.change("A", use(site, morning(2)), LATE)

    somebody.cancel("A", LATE + timedelta(days=7))

    assert somebody.owed() == 400


def test_what_fits_best_is_the_cheapest_that_is_enough_else_the_dearest() -> None:
    old, *new = [Day([Charge()], cents, 0) for cents in (800, 300, 500, 900, 1400)]

    assert best_of(new, old, left=old.part_of(old)) == new[2]
    assert best_of(new[:2], old, left=old.part_of(old)) == new[1]
    assert best_of([], old, left=old.part_of(old)) is None


@settings(max_examples=20, deadline=None)
@given(percent=st.integers(0, 100), late=st.integers(0, 3), free=st.integers(0, 3))
def test_as_many_days_at_the_same_price_keep_what_cancelling_at_once_does(
    percent: int, late: int, free: int
) -> None:
    with taken_back():
        make_grid({Duration.HALF_DAY: 800})
        site = make_site()
        CancellationPolicy.objects.create(kind="desk", free_hours=72, late_percent=percent)
        before = [morning(0, day) for day in range(late)]
        before += [morning(1 + week) for week in range(free)]
        after = [morning(10 + week) for week in range(late + free)]

        if before:
            kept = moved_and_cancelled(site, before, after)

            assert kept == (800 * late * percent + 50) // 100


HALVES = st.lists(st.booleans(), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None)
@given(late=HALVES, free=HALVES, after=HALVES)
def test_whatever_days_move_to_whatever_days_no_less_is_kept_than_at_once(
    late: list[bool], free: list[bool], after: list[bool]
) -> None:
    """Each day is a whole one or a morning."""
    with taken_back():
        make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
        site = make_site()
        CancellationPolicy.objects.create(kind="desk", free_hours=96, late_percent=50)
        cost = sum(1400 if whole else 800 for whole in late)
        before = [whole_or_half(0, day, is_whole=whole) for day, whole in enumerate(late)]
        before += [whole_or_half(1 + week, 0, is_whole=one) for week, one in enumerate(free)]
        new = [whole_or_half(10 + week, 0, is_whole=one) for week, one in enumerate(after)]

        kept = moved_and_cancelled(site, before, new)

        assert cost // 2 <= kept
        assert kept <= (cost + 1400) // 2  # the last that takes a clock may cost more


def whole_or_half(weeks: int, days: int, *, is_whole: bool) -> Interval:
    day = FRIDAY + timedelta(weeks=weeks, days=days)
    return interval(day, "08:00", "18:00" if is_whole else "13:00")
