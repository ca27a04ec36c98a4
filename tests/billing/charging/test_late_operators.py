"""Late is told by operators: what another one gets instead is nothing to the one that is left."""

from datetime import UTC, datetime, timedelta

import pytest

from billing.models import CancellationPolicy, Charge, TariffGrid
from sites.models import Site
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, told, use
from tests.billing.tariffs import make_grid
from tests.factories import MONDAY, NOW, at, interval, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
MORNING = interval(FRIDAY, "08:00", "13:00")
NEXT_MORNING = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
MONTH_LATER = interval(FRIDAY + timedelta(days=28), "08:00", "13:00")
LATE = at(FRIDAY, "07:00")
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def grid() -> TariffGrid:
    return make_grid()


@pytest.fixture
def here(grid: TariffGrid) -> Site:
    return make_site()


@pytest.fixture
def there(grid: TariffGrid) -> Site:
    """Make a site of another operator."""
    return make_site()


def kept_by(site: Site) -> int:
    lines = Charge.objects.of_operator(site.operator).filter(kind="late")
    return sum(one.amount_cents for one in lines)


def half_days_kept_by(site: Site) -> int:
    lines = Charge.objects.filter(site=site, kind="late", spent_pass__isnull=False)
    return sum(one.quantity // 100 for one in lines)


def test_moved_late_to_another_operator_the_share_is_kept_and_what_is_new_costs_its_price(
    here: Site, there: Site
) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING))

    somebody.change("A", use(there, NEXT_MORNING), LATE)

    assert told("A") == [("use", 800), ("given_back", -800), ("use", 800), ("late", 400)]
    assert (kept_by(here), kept_by(there), somebody.owed()) == (400, 0, 1200)
    assert all_adds_up()


def test_the_other_operator_gives_back_its_own_alone(here: Site, there: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING))
    somebody.change("A", use(there, NEXT_MORNING), LATE)

    somebody.cancel("A", LATE, is_free=True)

    assert (somebody.owed(), kept_by(here)) == (400, 400)


def test_what_was_kept_leaves_no_clock_behind(here: Site, there: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING))
    somebody.change("A", use(there, NEXT_MORNING), LATE)

    somebody.cancel("A", LATE)

    assert somebody.owed() == 400


def test_the_other_operator_keeps_its_own_share_by_its_own_clock(here: Site, there: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING))
    somebody.change("A", use(there, NEXT_MORNING), LATE)

    somebody.cancel("A", LATE + timedelta(days=7))

    assert (kept_by(here), kept_by(there), somebody.owed()) == (400, 400, 800)
    assert all_adds_up()


def test_moved_in_time_nothing_is_kept_and_the_stricter_clock_stays(
    here: Site, there: Site
) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING))
    somebody.change("A", use(there, NEXT_MORNING), NOW)
    assert somebody.owed() == 800

    somebody.cancel("A", LATE)

    assert (kept_by(here), kept_by(there)) == (0, 400)


def test_of_a_late_day_and_one_in_time_the_one_is_kept_and_the_other_moves(
    here: Site, there: Site
) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING, NEXT_MORNING))

    somebody.change("A", use(there, NEXT_MORNING, MONTH_LATER), LATE)

    assert (kept_by(here), somebody.owed()) == (400, 2000)


def test_moved_by_who_runs_the_site_nothing_is_kept(here: Site, there: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(here, MORNING))
    subject = somebody.subjects["A"]

    somebody.turn(subject, subject.use, use(there, NEXT_MORNING), LATE, is_free=True)

    assert somebody.owed() == 800


def test_between_sites_of_one_operator_it_has_only_moved(here: Site) -> None:
    somebody, sister = Customer(), make_site(operator=here.operator)
    somebody.book("A", use(here, MORNING))

    somebody.change("A", use(sister, NEXT_MORNING), LATE)

    assert somebody.owed() == 800
    somebody.cancel("A", LATE)
    assert (kept_by(here), somebody.owed()) == (400, 400)


def test_moved_there_and_back_each_keeps_what_was_given_up_of_its_own(
    here: Site, there: Site
) -> None:
    somebody = Customer()
    CancellationPolicy.objects.create(kind="desk", free_hours=24 * 90, late_percent=50)
    somebody.book("A", use(here, MORNING))

    somebody.change("A", use(there, MORNING), LATE)
    somebody.change("A", use(here, MORNING), LATE + timedelta(minutes=1))
    somebody.cancel("A", LATE + timedelta(minutes=2))

    assert (kept_by(here), kept_by(there), somebody.owed()) == (400, 400, 800)
    assert all_adds_up()


def test_of_a_pass_the_share_is_kept_beside_what_the_new_day_takes(
    here: Site, there: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)
    somebody.book("A", use(here, MORNING))

    somebody.change("A", use(there, NEXT_MORNING), LATE)

    assert (left(ten), half_days_kept_by(here)) == (8, 1)
    somebody.cancel("A", LATE)
    assert (left(ten), half_days_kept_by(there)) == (9, 0)
    assert all_adds_up()


def test_where_a_pass_has_too_few_for_both_the_share_is_kept_and_the_new_day_is_owed(
    here: Site, there: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    one = make_pass(somebody.person, grid, 1, NEXT_YEAR)
    somebody.book("A", use(here, MORNING))

    somebody.change("A", use(there, NEXT_MORNING), LATE)

    assert (left(one), half_days_kept_by(here), somebody.owed()) == (0, 1, 800)
    assert all_adds_up()
