"""What is kept when a booking is cancelled or shortened late, and what never is."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.models import CancellationPolicy, Charge
from billing.prices.durations import Duration
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
from tests.billing.tariffs import make_grid, subsidy
from tests.factories import MONDAY, NOW, at, interval, make_organisation, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
NEXT_FRIDAY = FRIDAY + timedelta(days=7)
MORNING = interval(FRIDAY, "08:00", "13:00")
AFTERNOON = interval(FRIDAY, "13:00", "18:00")
NEXT_MORNING = interval(NEXT_FRIDAY, "08:00", "13:00")
#: A day before MORNING: from then on, cancelling it is not free.
CLOCK = at(FRIDAY - timedelta(days=1), "08:00")
IN_TIME = CLOCK - timedelta(seconds=1)
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
#: Three days of two half-days each.
HALVES = [
    interval(FRIDAY + timedelta(days=number), *hours)
    for number in range(3)
    for hours in (("08:00", "13:00"), ("13:00", "18:00"))
]
#: The step in which each half-day is given up: those of one step at once.
STEPS = st.lists(st.integers(1, 6), min_size=len(HALVES), max_size=len(HALVES))
#: When cancelling is free of none of HALVES any more.
ALL_LATE = at(FRIDAY, "08:00")
#: When that is so of NEXT_MORNING too.
BOTH_LATE = at(NEXT_FRIDAY, "07:00")


def day_of(day: date) -> Interval:
    return interval(day, "08:00", "18:00")


def test_cancelled_in_time_all_is_given_back() -> None:
    make_grid()
    somebody = Customer()
    somebody.book("A", use(make_site(), MORNING))

    somebody.cancel("A", IN_TIME)

    assert told("A") == [("use", 800), ("given_back", -800)]
    assert somebody.owed() == 0


def test_cancelled_late_a_share_is_kept() -> None:
    make_grid()
    somebody = Customer()
    somebody.book("A", use(make_site(), MORNING))

    somebody.cancel("A", CLOCK)

    assert told("A") == [("use", 800), ("given_back", -800), ("late", 400)]
    assert somebody.owed() == 400
    assert all_adds_up()


def test_cancelled_by_the_site_all_is_given_back_at_any_time() -> None:
    make_grid()
    somebody = Customer()
    somebody.book("A", use(make_site(), MORNING))

    somebody.cancel("A", at(FRIDAY, "12:00"), is_free=True)

    assert somebody.owed() == 0


def test_terms_are_those_of_the_day_of_booking() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))
    CancellationPolicy.objects.create(site=site, kind="desk", free_hours=48, late_percent=100)

    somebody.cancel("A", IN_TIME)

    assert somebody.owed() == 0


def test_only_times_whose_clock_has_run_out_are_charged() -> None:
    make_grid()
    somebody = Customer()
    somebody.book("A", use(make_site(), MORNING, NEXT_MORNING))

    somebody.cancel("A", CLOCK)

    assert somebody.owed() == 400


def test_one_day_given_up_late_costs_its_share_and_the_others_stay() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING, NEXT_MORNING))

    somebody.change("A", use(site, NEXT_MORNING), CLOCK)

    assert somebody.owed() == 400 + 800


def test_shortened_late_a_share_of_what_that_saves_is_kept() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING, AFTERNOON))

    somebody.change("A", use(site, MORNING), CLOCK)

    assert somebody.owed() == 800 + 300


def test_a_move_is_never_late() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    somebody.change("A", use(site, interval(NEXT_FRIDAY, "08:00", "10:00"), AFTERNOON), CLOCK)

    assert "late" not in dict(told("A"))


def test_a_moved_booking_keeps_the_stricter_clock() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))
    somebody.change("A", use(site, NEXT_MORNING), CLOCK)

    somebody.cancel("A", CLOCK)

    assert somebody.owed() == 400


def test_moved_to_where_it_begins_earlier_it_has_the_clock_of_that() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, NEXT_MORNING))
    somebody.change("A", use(site, MORNING))

    somebody.cancel("A", CLOCK)

    assert somebody.owed() == 400


def test_a_day_added_has_its_own_clock() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))

    somebody.change("A", use(site, MORNING, NEXT_MORNING), CLOCK)

    added = Charge.objects.get(starts_at=NEXT_MORNING.starts_at)
    assert added.free_until == at(NEXT_FRIDAY - timedelta(days=1), "08:00")


@pytest.mark.parametrize("cancelled", ["A", "B"])
def test_of_two_halves_of_a_day_half_is_kept_of_what_each_cost(cancelled: str) -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, AFTERNOON), NOW + timedelta(minutes=1))

    share = somebody.owes(cancelled) // 2
    somebody.cancel(cancelled, at(FRIDAY, "07:00"))

    assert somebody.owed() == 800 + share
    assert all_adds_up()


@pytest.mark.parametrize("is_first", [True, False])
def test_others_of_its_week_cancelled_for_nothing_take_away_none_of_what_is_kept(
    is_first: bool,
) -> None:
    make_grid()
    site, somebody, others = make_site(), Customer(), ["B", "C", "D", "E"]
    week = [day_of(FRIDAY + timedelta(days=number)) for number in range(3, 8)]
    somebody.book("A", use(site, day_of(FRIDAY)))
    somebody.change("A", use(site, week[0]), at(FRIDAY, "07:00"))
    for name, time in zip(others, week[1:], strict=True):
        somebody.book(name, use(site, time), at(FRIDAY, "07:01"))
    assert somebody.owed() == 5000

    for name in ["A", *others] if is_first else [*others, "A"]:
        somebody.cancel(name, at(FRIDAY, "07:02"))

    assert somebody.owed() == 700
    assert all_adds_up()


@pytest.mark.parametrize("is_moved", [False, True])
def test_an_older_booking_moved_beside_a_late_one_takes_over_none_of_its_price(
    is_moved: bool,
) -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    elsewhere, beside = NEXT_FRIDAY + timedelta(days=7), FRIDAY + timedelta(days=1)
    somebody.book("older", use(site, day_of(elsewhere)))
    for number in (3, 2, 1, 0):
        day = day_of(FRIDAY - timedelta(days=number))
        somebody.book(f"{number} before", use(site, day), NOW + timedelta(minutes=4 - number))

    if is_moved:
        somebody.change("older", use(site, day_of(beside)), CLOCK)
    somebody.cancel("0 before", CLOCK + timedelta(minutes=1))
    if is_moved:
        somebody.change("older", use(site, day_of(elsewhere)), CLOCK + timedelta(minutes=2))

    assert somebody.owes("0 before") == 400
    assert somebody.owed() == 4 * 1400 + 400
    assert all_adds_up()


def test_what_was_kept_as_late_is_not_given_back_by_what_comes_after() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING, NEXT_MORNING))
    somebody.change("A", use(site, NEXT_MORNING), CLOCK)

    somebody.cancel("A", CLOCK, is_free=True)

    assert somebody.owed() == 400


def test_a_funder_owes_nothing_of_what_is_cancelled_however_late() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(site, Duration.HALF_DAY, 300, funder)
    somebody.book("A", use(site, MORNING))

    somebody.cancel("A", CLOCK)

    assert somebody.owed() == 150
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(funder)) == 0
    assert all_adds_up()


def half_days_kept(percent: int, steps: Sequence[int]) -> int:
    """Return what is kept of a pass that covers HALVES, each given up late in its step."""
    with taken_back():
        grid, site, somebody = make_grid(), make_site(), Customer()
        CancellationPolicy.objects.create(
            site=site, kind="desk", free_hours=48, late_percent=percent
        )
        ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
        somebody.book("A", use(site, *HALVES))
        give_up(somebody, site, steps)
        assert all_adds_up()
        return 10 - left(ten)


def give_up(somebody: Customer, site: Site, steps: Sequence[int]) -> None:
    """Have somebody give up each of HALVES in its step."""
    for number in sorted(set(steps)):
        rest = [one for one, step in zip(HALVES, steps, strict=True) if step > number]
        if rest:
            somebody.change("A", use(site, *rest), ALL_LATE)
        else:
            somebody.cancel("A", ALL_LATE)


def test_of_a_day_given_up_in_two_steps_no_more_half_days_are_kept_than_at_once() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, MORNING, AFTERNOON))

    somebody.change("A", use(site, MORNING), CLOCK)
    after_one = left(ten)
    somebody.cancel("A", CLOCK)

    assert (after_one, left(ten)) == (8, 9)
    assert all_adds_up()


def test_shares_too_small_to_keep_anything_of_add_up_over_the_steps() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    CancellationPolicy.objects.create(site=site, kind="desk", free_hours=24, late_percent=30)
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, MORNING, AFTERNOON))

    somebody.change("A", use(site, MORNING), CLOCK)
    after_one = left(ten)
    somebody.cancel("A", CLOCK)

    assert (after_one, left(ten)) == (9, 9)


@settings(max_examples=20, deadline=None)
@given(percent=st.integers(0, 100), steps=STEPS)
def test_whatever_the_steps_as_many_half_days_are_kept_as_at_once(
    percent: int, steps: list[int]
) -> None:
    assert half_days_kept(percent, steps) == (len(HALVES) * percent + 50) // 100


@settings(max_examples=10, deadline=None)
@given(percents=st.tuples(st.integers(0, 100), st.integers(0, 100)), first=st.integers(0, 1))
def test_days_on_different_terms_keep_the_same_given_up_one_by_one(
    percents: tuple[int, int], first: int
) -> None:
    kept = [half_days_of_two_terms(percents, first_given_up=one) for one in (None, first)]

    assert kept == [(sum(percents) + 50) // 100] * 2


def half_days_of_two_terms(percents: tuple[int, int], *, first_given_up: int | None) -> int:
    """Return what is kept of two mornings, booked on different terms, and given up late."""
    with taken_back():
        grid, site, somebody = make_grid(), make_site(), Customer()
        terms = {"site": site, "kind": "desk", "free_hours": 24}
        policy = CancellationPolicy.objects.create(**terms, late_percent=percents[0])
        ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
        mornings = [MORNING, NEXT_MORNING]
        somebody.book("A", use(site, MORNING))
        CancellationPolicy.objects.filter(pk=policy.pk).update(late_percent=percents[1])
        somebody.change("A", use(site, *mornings))
        if first_given_up is not None:
            somebody.change("A", use(site, mornings[1 - first_given_up]), BOTH_LATE)
        somebody.cancel("A", BOTH_LATE)
        return 10 - left(ten)
