"""What is kept when a booking is cancelled or shortened late, and what never is."""

from datetime import timedelta

import pytest

from billing.models import CancellationPolicy, Charge
from billing.prices.durations import Duration
from tests.billing.charging.turns import Customer, all_adds_up, told, use
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
def test_of_two_halves_of_a_day_either_gives_back_half_of_what_it_saves(cancelled: str) -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, AFTERNOON), NOW + timedelta(minutes=1))

    somebody.cancel(cancelled, at(FRIDAY, "07:00"))

    assert somebody.owed() == 800 + 300
    assert all_adds_up()


def test_what_was_kept_as_late_is_not_given_back_by_what_comes_after() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", use(site, MORNING, NEXT_MORNING))
    somebody.change("A", use(site, NEXT_MORNING), CLOCK)

    somebody.cancel("A", CLOCK, is_free=True)

    assert somebody.owed() == 400


def test_a_funder_keeps_its_share_of_what_is_late() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(site, Duration.HALF_DAY, 300, funder)
    somebody.book("A", use(site, MORNING))

    somebody.cancel("A", CLOCK)

    assert somebody.owed() == 150
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(funder)) == 250
    assert all_adds_up()
