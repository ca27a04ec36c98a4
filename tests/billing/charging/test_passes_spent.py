"""Passes are spent before money is owed, and given back to where they came from."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.ledger.balances import balance
from billing.models import Charge
from billing.prices.durations import Duration
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, told, use
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, NOW, at, interval, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
SATURDAY = FRIDAY + timedelta(days=1)
EARLY = interval(FRIDAY, "08:00", "10:00")
NOON = interval(FRIDAY, "11:00", "13:00")
MORNING = interval(FRIDAY, "08:00", "13:00")
AFTERNOON = interval(FRIDAY, "13:00", "18:00")
LATE = at(FRIDAY, "07:00")
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)


def test_a_pass_covers_a_half_day_and_no_cent_is_owed() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.book("A", use(site, MORNING))

    line = Charge.objects.get()
    assert (line.amount_cents, line.spent_pass, line.full_price_cents) == (0, ten, 800)
    assert left(ten) == 9
    assert all_adds_up()


def test_a_day_takes_two_half_days_and_two_places_twice_as_many() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.book("A", use(site, MORNING, AFTERNOON))
    somebody.book("B", use(site, interval(SATURDAY, "08:00", "12:00"), units=2))

    assert left(ten) == 6


@pytest.mark.parametrize(
    ("starts", "ends", "half_days"),
    [
        ("13:00", "20:00", 1),
        ("13:00", "23:45", 1),
        ("06:00", "13:00", 1),
        ("10:00", "16:00", 1),
        ("12:45", "20:00", 2),
        ("10:00", "16:15", 2),
        ("06:00", "13:15", 2),
    ],
)
def test_a_half_day_is_a_morning_an_afternoon_or_six_hours(
    starts: str, ends: str, half_days: int
) -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.book("A", use(site, interval(SATURDAY, starts, ends)))

    assert left(ten) == 10 - half_days
    assert all_adds_up()


def test_an_afternoon_that_is_cut_in_two_bookings_takes_one() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.book("A", use(site, interval(SATURDAY, "13:00", "14:00")))
    somebody.book("B", use(site, interval(SATURDAY, "19:00", "21:00")))

    assert left(ten) == 9


def test_two_short_uses_within_one_half_day_take_one() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))

    somebody.book("B", use(site, NOON))

    assert left(ten) == 9
    assert Charge.objects.get(subject="B").quantity == 0


def test_when_the_first_of_two_is_cancelled_the_other_takes_the_half_day() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 1, NEXT_YEAR)
    somebody.book("A", use(site, EARLY))
    somebody.book("B", use(site, NOON))

    somebody.cancel("A")

    assert left(ten) == 0
    taken = Charge.objects.filter(subject="B", kind="use").order_by("pk").values_list("quantity")
    assert list(taken) == [(0,), (100,)]
    somebody.cancel("B")
    assert left(ten) == 1
    assert all_adds_up()


def test_what_ends_first_is_spent_first() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    later = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    sooner = make_pass(somebody.person, grid, 1, at(date(2027, 1, 1), "00:00"))

    somebody.book("A", use(site, MORNING, AFTERNOON))

    assert (left(sooner), left(later)) == (0, 9)
    somebody.cancel("A")
    assert (left(sooner), left(later)) == (1, 10)


def test_a_day_is_covered_whole_or_not_at_all() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    one = make_pass(somebody.person, grid, 1, NEXT_YEAR)

    somebody.book("A", use(site, MORNING, AFTERNOON))

    assert left(one) == 1
    assert somebody.owes() == 1400


def test_days_that_a_pass_does_not_hold_for_are_owed() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    one = make_pass(somebody.person, grid, 1, NEXT_YEAR)

    somebody.book("A", use(site, MORNING, interval(SATURDAY, "08:00", "13:00")))

    assert left(one) == 0
    assert somebody.owes() == somebody.owed() == 800


def test_what_costs_nothing_takes_no_half_day() -> None:
    grid, site, somebody = make_grid({Duration.HOUR: 0}), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.book("A", use(site, MORNING))

    assert left(ten) == 10


def test_a_pass_covers_nothing_after_its_end() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, at(FRIDAY, "12:00"))

    somebody.book("A", use(site, MORNING))

    assert left(ten) == 10
    assert somebody.owes() == 800


def test_a_pass_that_ends_at_the_midnight_of_a_change_of_clocks_covers_that_day_to_its_end() -> (
    None
):
    spring = date(2027, 3, 28)
    grid, site, somebody = make_grid(), make_site(), Customer()
    two = make_pass(somebody.person, grid, 2, at(spring + timedelta(days=1), "00:00"))
    night = interval(spring, "20:00", "24:00")

    somebody.book("A", use(site, night))
    somebody.book("B", use(site, interval(spring + timedelta(days=1), "00:00", "01:00")))

    assert left(two) == 1
    assert (somebody.owes("A"), somebody.owes("B")) == (0, 300)


def test_moved_to_another_day_it_takes_no_more() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, MORNING))

    somebody.change("A", use(site, interval(SATURDAY, "08:00", "13:00")), LATE)
    somebody.change("A", use(site, MORNING), LATE)

    assert left(ten) == 9
    assert all_adds_up()


def test_a_day_that_is_shortened_gives_its_half_day_back() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, MORNING, AFTERNOON))

    somebody.change("A", use(site, MORNING))

    assert left(ten) == 9


def test_of_half_days_given_up_late_a_share_is_kept_halves_up() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(site, MORNING))
    somebody.book("B", use(site, interval(SATURDAY, "08:00", "18:00")))

    somebody.cancel("A", LATE)
    somebody.cancel("B", at(SATURDAY, "07:00"))

    assert left(ten) == 8
    assert told("A") == [("use", 0), ("given_back", 0), ("late", 0)]
    assert all_adds_up()


def test_what_was_owed_before_a_pass_was_bought_stays_owed() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    somebody.book("A", use(site, MORNING))
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.book("B", use(site, AFTERNOON))

    assert (somebody.owes("A"), somebody.owes("B"), left(ten)) == (800, 0, 9)


def test_half_days_of_a_pass_that_is_over_go_back_to_it() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    one = make_pass(somebody.person, grid, 1, at(SATURDAY, "00:00"))
    somebody.book("A", use(site, MORNING))

    somebody.cancel("A", at(SATURDAY, "09:00"), is_free=True)

    assert balance(one.account) == 1
    assert one.valid_until > NOW
