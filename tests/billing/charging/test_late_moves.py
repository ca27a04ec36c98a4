"""What is moved late to something cheaper is given up by what that saves; nothing else is."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from billing.charging.quotes import Use
from billing.models import CancellationPolicy, Charge, TariffGrid
from billing.prices.durations import Duration
from sites.intervals import Interval
from sites.models import Site, Space
from tests.billing.charging.turns import (
    Customer,
    all_adds_up,
    left,
    make_pass,
    told,
    use,
)
from tests.billing.tariffs import make_grid, price, subsidy
from tests.factories import MONDAY, NOW, at, interval, make_organisation, make_site

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + timedelta(days=4)
MORNING = interval(FRIDAY, "08:00", "13:00")
AFTERNOON = interval(FRIDAY, "13:00", "18:00")
HOUR = interval(FRIDAY, "10:00", "11:00")
FOUR_HOURS = interval(FRIDAY, "14:00", "18:00")
NEXT_MORNING = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
MONTH_LATER = interval(FRIDAY + timedelta(days=28), "08:00", "13:00")
#: Cancelling MORNING is not free any more, cancelling NEXT_MORNING is.
LATE = at(FRIDAY, "07:00")
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
HALL, COUNTER, ROOM = Space.Kind.EVENT_HALL, Space.Kind.REMOTE_COUNTER, Space.Kind.MEETING_ROOM


@pytest.fixture
def grid() -> TariffGrid:
    """Make a grid of desks, of a dear hall, of a free counter and of a room."""
    grid = make_grid()
    price(grid, Duration.HALF_DAY, 18000, kind=HALL)
    price(grid, Duration.HOUR, 0, kind=COUNTER)
    price(grid, Duration.HOUR, 75, kind=ROOM)
    return grid


@pytest.fixture
def site(grid: TariffGrid) -> Site:
    return make_site()


def go(somebody: Customer, uses: Sequence[Use | None]) -> None:
    """Have somebody book the first of some uses in time, and the others late: None cancels."""
    for number, one in enumerate(uses):
        now = LATE + timedelta(minutes=number)
        if one is None:
            somebody.cancel("A", now)
        elif number:
            somebody.change("A", one, now)
        else:
            somebody.book("A", one)


def kept(name: str = "A") -> int:
    return sum(one.amount_cents for one in Charge.objects.of_subject(name).filter(kind="late"))


def test_a_hall_that_is_moved_to_a_free_counter_keeps_what_cancelling_it_would(site: Site) -> None:
    somebody = Customer()

    go(somebody, [use(site, MORNING, kind=HALL), use(site, MORNING, kind=COUNTER), None])

    assert told("A") == [
        ("use", 18000),
        *(("given_back", -18000), ("use", 0), ("late", 9000)),
        ("given_back", 0),
    ]
    assert somebody.owed() == 9000
    assert all_adds_up()


def test_moved_to_what_no_price_is_set_for_it_keeps_the_same(site: Site) -> None:
    somebody = Customer()

    go(
        somebody,
        [use(site, MORNING, kind=HALL), use(site, MORNING, kind=Space.Kind.PHONE_BOOTH), None],
    )

    assert somebody.owed() == 9000


def test_moved_to_something_cheaper_the_share_of_the_difference_is_kept(site: Site) -> None:
    somebody = Customer()

    go(somebody, [use(site, MORNING, kind=HALL), use(site, NEXT_MORNING)])

    assert (somebody.owed(), kept()) == (800 + 8600, 8600)


def test_four_people_for_an_hour_are_not_one_for_four(site: Site) -> None:
    somebody = Customer()

    go(somebody, [use(site, HOUR, units=4), use(site, FOUR_HOURS), None])

    assert kept() == 1200 // 2


def test_half_a_day_that_a_pass_covered_is_kept_when_it_is_moved_to_a_free_space(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    go(somebody, [use(site, MORNING), use(site, MORNING, kind=COUNTER), None])

    assert (left(ten), somebody.owed()) == (9, 0)
    assert all_adds_up()


def test_so_it_is_when_it_is_moved_to_what_costs_next_to_nothing(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    go(somebody, [use(site, MORNING), use(site, HOUR, kind=ROOM)])

    assert (left(ten), somebody.owed()) == (9, 75)


def test_owed_instead_at_the_same_price_no_half_day_is_kept(site: Site, grid: TariffGrid) -> None:
    somebody = Customer()
    ten = make_pass(somebody.person, grid, 10, at(FRIDAY + timedelta(days=1), "00:00"))

    go(somebody, [use(site, MORNING), use(site, NEXT_MORNING)])

    assert (left(ten), somebody.owed()) == (10, 800)
    somebody.cancel("A", LATE + timedelta(minutes=2))
    assert somebody.owed() == 400


def test_what_is_owed_in_money_stays_so_when_a_pass_was_bought_since(
    site: Site, grid: TariffGrid
) -> None:
    somebody = Customer()
    somebody.book("A", use(site, MORNING))
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    somebody.change("A", use(site, NEXT_MORNING), LATE)

    assert (left(ten), somebody.owed()) == (10, 800)
    somebody.cancel("A", LATE + timedelta(minutes=1))
    assert (left(ten), somebody.owed()) == (10, 400)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([NEXT_MORNING], id="same price"),
        pytest.param([interval(FRIDAY, "14:00", "17:00")], id="shorter, same price"),
    ],
)
def test_what_costs_as_much_as_before_has_moved_and_keeps_the_stricter_clock(
    site: Site, later: list[Interval]
) -> None:
    somebody = Customer()

    go(somebody, [use(site, MORNING), use(site, *later)])

    assert kept() == 0
    owed = somebody.owed()
    somebody.cancel("A", LATE + timedelta(minutes=1))
    assert somebody.owed() == owed // 2


def test_moved_down_in_many_steps_no_cent_is_lost_by_rounding(site: Site) -> None:
    CancellationPolicy.objects.create(site=site, kind=ROOM, free_hours=24, late_percent=34)
    somebody, quarter = Customer(), timedelta(minutes=15)
    ends = [HOUR.ends_at + number * quarter for number in range(8, -1, -1)]

    go(
        somebody,
        [*(use(site, Interval(HOUR.starts_at, end), kind=ROOM) for end in ends), None],
    )

    assert somebody.owed() == 77  # 34 % of 2.25 €: 76.5, halves up


def test_given_up_and_taken_again_over_and_over_it_keeps_no_more_than_once(site: Site) -> None:
    somebody, counter = Customer(), use(site, MORNING, kind=COUNTER)

    go(somebody, [use(site, MORNING), *[counter, use(site, MORNING)] * 3, None])

    assert somebody.owed() == 400
    assert all_adds_up()


def test_taken_again_for_more_it_keeps_the_share_of_that(site: Site) -> None:
    somebody, counter = Customer(), use(site, MORNING, kind=COUNTER)

    go(somebody, [use(site, MORNING), counter, use(site, MORNING, AFTERNOON), counter, None])

    assert somebody.owed() == 700


def test_half_days_given_up_and_taken_again_are_kept_once(site: Site, grid: TariffGrid) -> None:
    somebody, counter = Customer(), use(site, MORNING, kind=COUNTER)
    ten = make_pass(somebody.person, grid, 10, NEXT_YEAR)

    go(somebody, [use(site, MORNING), *[counter, use(site, MORNING)] * 3, None])

    assert left(ten) == 9
    assert all_adds_up()


def test_what_was_in_time_before_does_not_count_as_given_up(site: Site) -> None:
    somebody, counter = Customer(), use(site, MORNING, kind=COUNTER)
    somebody.book("A", use(site, MORNING, kind=HALL))
    somebody.change("A", use(site, MORNING))

    for one in (counter, use(site, MORNING), counter, use(site, MORNING), counter):
        somebody.change("A", one, LATE)

    assert kept() == 400


def test_a_late_day_and_one_in_time_moved_together_stand_for_the_late_one(site: Site) -> None:
    somebody = Customer()

    go(somebody, [use(site, MORNING, NEXT_MORNING), use(site, MONTH_LATER)])

    assert kept() == 0
    somebody.cancel("A", LATE + timedelta(minutes=1))
    assert somebody.owed() == 400


def test_a_free_day_added_and_dropped_with_the_late_one_does_not_save_its_share(
    site: Site,
) -> None:
    somebody = Customer()
    hall, later = use(site, MORNING, kind=HALL), use(site, MORNING, NEXT_MORNING, kind=HALL)

    go(somebody, [hall, later, use(site, MORNING, kind=COUNTER), None])

    assert somebody.owed() == 9000


def test_of_what_a_funder_saves_nothing_is_kept(site: Site) -> None:
    there, somebody = make_site(operator=site.operator), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(there, Duration.HALF_DAY, 300, funder)

    go(somebody, [use(site, MORNING), use(there, MORNING), None])

    assert somebody.owed() == 400
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(funder)) == 0


def test_of_a_funder_nothing_is_kept_where_somebody_else_pays_as_much(site: Site) -> None:
    there, somebody = make_site(operator=site.operator), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(there, Duration.HALF_DAY, 300, funder)

    go(somebody, [use(there, MORNING), use(site, MORNING), None])

    assert somebody.owed() == 400
    assert sum(one.amount_cents for one in Charge.objects.of_organisation(funder)) == 0


def test_moved_to_something_cheaper_by_the_site_nothing_is_kept(site: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(site, MORNING, kind=HALL))
    subject, counter = somebody.subjects["A"], use(site, MORNING, kind=COUNTER)

    somebody.turn(subject, subject.use, counter, LATE, is_free=True)

    assert somebody.owed() == 0


def test_moved_in_time_to_something_cheaper_nothing_is_kept(site: Site) -> None:
    somebody = Customer()
    somebody.book("A", use(site, MORNING, kind=HALL))

    somebody.change("A", use(site, MORNING, kind=COUNTER), NOW)

    assert somebody.owed() == 0
