"""A site gets another category, for which a pass does not hold: nobody is refused to leave."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from billing.models import Pass, TariffGrid
from billing.prices.durations import Duration
from sites.models import Site
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, use
from tests.billing.tariffs import make_grid, price
from tests.factories import MONDAY, NOW, interval, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
#: Two times of a morning and one of the afternoon.
TIMES = [interval(FRIDAY, *one) for one in (("08:00", "09:00"), ("09:00", "10:00"))] + [
    interval(FRIDAY, "14:00", "16:00")
]
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def grid() -> TariffGrid:
    grid = make_grid()
    for duration, cents in ((Duration.HOUR, 500), (Duration.HALF_DAY, 1200)):
        price(grid, duration, cents, category="urban")
    return grid


@pytest.fixture
def site(grid: TariffGrid) -> Site:
    return make_site(category="rural")


@pytest.fixture
def somebody(site: Site) -> Customer:
    return Customer()


@pytest.fixture(params=[{"category": "rural"}, {"takes": {"rural": {"desk": 1}}}])
def held(request: pytest.FixtureRequest, grid: TariffGrid, somebody: Customer) -> Pass:
    """Make a pass of ten half-days that holds for desks of rural sites."""
    return make_pass(somebody.person, grid, 10, NEXT_YEAR, **request.param)


def recategorised(site: Site) -> None:
    site.category = Site.Category.URBAN
    site.save()


def left_after_each(somebody: Customer, held: Pass, names: str) -> Iterator[int]:
    """Cancel bookings one by one, and yield what is left of the pass then."""
    for name in names:
        somebody.cancel(name, SOON)
        yield left(held)


def test_the_first_to_leave_hands_its_half_day_to_who_stays(
    somebody: Customer, site: Site, held: Pass
) -> None:
    somebody.book("A", use(site, TIMES[0]))
    somebody.book("B", use(site, TIMES[1]))

    recategorised(site)

    assert list(left_after_each(somebody, held, "AB")) == [9, 10]
    assert somebody.owed() == 0
    assert all_adds_up()


@pytest.mark.parametrize("names", list(map("".join, permutations("ABC"))))
def test_in_whatever_order_all_of_a_day_come_off_and_all_comes_back(
    somebody: Customer, site: Site, held: Pass, names: str
) -> None:
    for name, times in zip("ABC", TIMES, strict=True):
        somebody.book(name, use(site, times))
    assert left(held) == 8

    recategorised(site)

    assert list(left_after_each(somebody, held, names))[-1] == 10
    assert somebody.owed() == 0
    assert all_adds_up()


def test_who_stays_takes_no_more_for_being_of_another_category(
    somebody: Customer, site: Site, held: Pass
) -> None:
    somebody.book("A", use(site, TIMES[0]))
    somebody.book("B", use(site, TIMES[1]))
    somebody.book("C", use(site, TIMES[2]))

    recategorised(site)
    somebody.cancel("C", SOON)

    assert left(held) == 9
    assert all_adds_up()
