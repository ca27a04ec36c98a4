"""A pass of which a half-day takes several half-days, by category of site and kind of space."""

from datetime import UTC, datetime, timedelta

import pytest

from billing.models import Charge, Pass, TariffGrid
from billing.prices.durations import Duration
from sites.models import Site, Space
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, use
from tests.billing.tariffs import make_grid, price
from tests.factories import MONDAY, NOW, at, interval, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
MORNING = interval(FRIDAY, "08:00", "13:00")
EARLY, NOON = interval(FRIDAY, "08:00", "10:00"), interval(FRIDAY, "11:00", "13:00")
DAY = interval(FRIDAY, "08:00", "18:00")
LATE = at(FRIDAY, "07:00")
SOON, NEXT_YEAR = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
TAKES = {"rural": {"desk": 1}, "urban": {"desk": 2}}


@pytest.fixture
def grid() -> TariffGrid:
    grid = make_grid()
    make_site()
    for duration, cents in ((Duration.HALF_DAY, 1000), (Duration.DAY, 1800)):
        price(grid, duration, cents, category="urban")
        price(grid, duration, cents, category="rural", kind="office")
        price(grid, duration, cents, category="flagship")
    return grid


@pytest.fixture
def somebody(grid: TariffGrid) -> Customer:
    return Customer()


@pytest.fixture
def some(grid: TariffGrid, somebody: Customer) -> Pass:
    return make_pass(somebody.person, grid, 10, NEXT_YEAR, takes=TAKES)


@pytest.fixture
def urban() -> Site:
    return make_site(category="urban")


def test_each_half_day_takes_what_its_category_says(
    somebody: Customer, some: Pass, urban: Site
) -> None:
    somebody.book("A", use(make_site(), MORNING))
    somebody.book("B", use(urban, DAY))

    assert left(some) == 10 - 1 - 4
    assert somebody.owes() == 0
    assert all_adds_up()


def test_what_it_does_not_name_is_owed(somebody: Customer, some: Pass) -> None:
    somebody.book("A", use(make_site(category="flagship"), MORNING))
    somebody.book("B", use(make_site(), MORNING, kind=Space.Kind.OFFICE))

    assert somebody.owes() == 2 * 1000
    assert left(some) == 10


def test_too_few_for_a_half_day_there_are_enough_elsewhere(
    somebody: Customer, grid: TariffGrid, urban: Site
) -> None:
    some = make_pass(somebody.person, grid, 1, NEXT_YEAR, takes=TAKES)

    somebody.book("A", use(urban, MORNING))
    assert (somebody.owes(), left(some)) == (1000, 1)
    somebody.book("B", use(make_site(), MORNING))

    assert (somebody.owes(), left(some)) == (1000, 0)


def test_two_uses_of_one_half_day_take_what_one_does(
    somebody: Customer, some: Pass, urban: Site
) -> None:
    somebody.book("A", use(urban, EARLY))
    somebody.book("B", use(urban, NOON), NOW + timedelta(minutes=1))
    assert left(some) == 8

    somebody.cancel("A")
    assert left(some) == 8
    somebody.cancel("B")

    assert left(some) == 10
    assert all_adds_up()


def test_moved_to_where_it_takes_more_and_back_it_takes_as_much_as_at_first(
    somebody: Customer, some: Pass, urban: Site
) -> None:
    rural = make_site()
    somebody.book("A", use(rural, MORNING))

    somebody.change("A", use(urban, MORNING), NOW + timedelta(minutes=1))
    there = left(some)
    somebody.change("A", use(rural, MORNING), NOW + timedelta(minutes=2))

    assert (there, left(some)) == (8, 9)
    assert all_adds_up()


def test_given_up_late_half_of_what_it_took_is_kept(
    somebody: Customer, some: Pass, urban: Site
) -> None:
    somebody.book("A", use(urban, MORNING))

    somebody.cancel("A", LATE)

    assert left(some) == 9
    (kept,) = Charge.objects.filter(kind="late")
    assert kept.quantity == 100
    assert all_adds_up()


def test_passes_that_take_more_and_less_cover_a_day_together(
    somebody: Customer, grid: TariffGrid, urban: Site
) -> None:
    first = make_pass(somebody.person, grid, 3, SOON, takes=TAKES)
    then = make_pass(somebody.person, grid, 5, NEXT_YEAR)

    somebody.book("A", use(urban, DAY))

    assert (left(first), left(then)) == (1, 4)
    somebody.cancel("A")
    assert (left(first), left(then)) == (3, 5)
    assert all_adds_up()
