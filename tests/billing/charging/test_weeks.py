"""Bookings of one week are priced together: never more than the week, whatever is done."""

from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.charging.quotes import Use, quote
from billing.prices.durations import Duration
from sites.intervals import Interval, merged
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
from tests.billing.tariffs import make_grid, off_peak, price, subsidy
from tests.factories import MONDAY, NOW, interval, make_organisation, make_site

pytestmark = pytest.mark.django_db
#: Two weeks to come, from Monday to Sunday.
DAYS = [MONDAY + timedelta(days=7 + number) for number in range(14)]
MINUTE = timedelta(minutes=1)
NAMES = "ABCDE"
HOURS = {"morning": ("08:00", "13:00"), "afternoon": ("13:00", "18:00"), "day": ("08:00", "18:00")}


def on(site: Site, *numbers: int, hours: str = "day", units: int = 1) -> Use:
    """Return a use of those hours of some days, counted from the first Monday."""
    return use(site, *(interval(DAYS[one], *HOURS[hours]) for one in numbers), units=units)


def book_days(somebody: Customer, site: Site, names: str = NAMES) -> None:
    """Book a day each, from Monday on, one after the other."""
    for number, name in enumerate(names):
        somebody.book(name, on(site, number), NOW + number * MINUTE)


def test_five_bookings_of_a_day_cost_the_week() -> None:
    make_grid()
    somebody = Customer()

    book_days(somebody, make_site())

    assert [somebody.owes(name) for name in NAMES] == [1400, 1400, 1400, 800, 0]
    assert told("D") == [("use", 1400), ("adjustment", -600)]
    assert somebody.owes() == somebody.owed() == 5000
    assert all_adds_up()


@pytest.mark.parametrize("name", list(NAMES))
def test_whichever_is_cancelled_the_others_cost_what_four_days_do(name: str) -> None:
    make_grid()
    somebody = Customer()
    book_days(somebody, make_site())

    somebody.cancel(name)

    assert somebody.owes(name) == 0
    assert somebody.owes() == somebody.owed() == 5000
    assert sorted(somebody.owes(one) for one in somebody.subjects) == [800, 1400, 1400, 1400]
    assert all_adds_up()


def test_the_week_is_from_monday_to_sunday_by_the_clocks_of_the_site() -> None:
    make_grid()
    site, somebody = make_site(), Customer()

    for number, name in zip((2, 3, 4, 5, 6, 7), "ABCDEF", strict=True):
        somebody.book(name, on(site, number), NOW + number * MINUTE)

    assert [somebody.owes(name) for name in "EF"] == [0, 1400]


def test_another_person_kind_or_site_saves_nothing() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    book_days(somebody, site, "ABCD")

    Customer().book("E", on(site, 4))
    somebody.book("F", on(make_site(), 4))

    assert [told(name) for name in "EF"] == [[("use", 1400)]] * 2


def test_two_places_cost_the_week_of_each_place() -> None:
    make_grid()
    site, somebody = make_site(), Customer()

    book_days(somebody, site, "ABCD")
    somebody.book("E", on(site, 4, units=2), NOW + 5 * MINUTE)

    assert somebody.owes("E") == 1400
    assert somebody.owes() == 5000 + 1400


def test_what_is_booked_beside_a_week_costs_nothing_more() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", on(site, 0, 1, 2, 3, 4, hours="morning"))
    mornings = somebody.owes()

    somebody.book("B", on(site, 0, 1, 2, hours="afternoon"), NOW + MINUTE)
    somebody.book("C", on(site, 3, 4, hours="afternoon"), NOW + 2 * MINUTE)

    assert mornings == 5 * 800
    assert somebody.owes() == 5000
    assert all_adds_up()


def test_a_booking_moved_into_another_week_is_reckoned_with_that_one() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    book_days(somebody, site)

    somebody.change("A", on(site, 7), NOW + 9 * MINUTE)

    assert [somebody.owes(name) for name in NAMES] == [1400, 1400, 1400, 1400, 800]
    assert all_adds_up()


def test_what_a_booking_has_of_each_week_is_reckoned_with_the_others_of_that_week() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    book_days(somebody, site, "ABC")

    somebody.book("D", on(site, 3, 4, 10), NOW + 9 * MINUTE)

    assert somebody.owes("D") == 800 + 1400
    assert all_adds_up()


def test_a_price_of_a_week_that_reaches_into_the_next_stays_whole() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    somebody.book("A", on(site, 0, 1, 2))

    somebody.book("B", on(site, 3, 4, 7, 8), NOW + MINUTE)

    assert told("B") == [("use", 5000)]
    assert somebody.owes() == 3 * 1400 + 5000


def test_what_is_booked_on_days_of_a_month_costs_nothing_more() -> None:
    make_grid({Duration.HALF_DAY: 800, Duration.MONTH: 7000})
    site, somebody = make_site(), Customer()
    somebody.book("A", on(site, *(one for one in range(14) if one % 7 < 5), hours="morning"))

    somebody.book("B", on(site, 2, hours="afternoon"), NOW + MINUTE)
    somebody.book("C", on(site, 3, hours="afternoon", units=2), NOW + 2 * MINUTE)

    assert [somebody.owes(name) for name in "ABC"] == [7000, 0, 800]


def test_days_that_a_pass_covers_stay_out_of_the_week() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    two = make_pass(somebody.person, grid, 2, NOW + timedelta(days=90))

    book_days(somebody, site)

    assert left(two) == 0
    assert [somebody.owes(name) for name in NAMES] == [0, 1400, 1400, 1400, 800]
    assert all_adds_up()


def test_a_pass_is_not_spent_on_what_the_week_has_paid() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    book_days(somebody, site, "ABCD")
    somebody.change("D", on(site, 3, 4), NOW + 8 * MINUTE)
    ten = make_pass(somebody.person, grid, 10, NOW + timedelta(days=90))

    somebody.book("F", on(site, 5), NOW + 9 * MINUTE)
    somebody.change("D", on(site, 3, 4, 6), NOW + 10 * MINUTE)

    assert left(ten) == 10
    assert somebody.owes() == 5000


def test_a_funder_pays_its_part_of_the_week() -> None:
    make_grid()
    site, somebody = make_site(), Customer()
    funder = make_organisation("CC", "collectivity")
    subsidy(site, Duration.WEEK, 3000, funder)

    book_days(somebody, site)
    somebody.cancel("C")
    somebody.cancel("D")

    assert somebody.owes() == somebody.owed() == 3000
    assert all_adds_up()


Wish = tuple[str, frozenset[int], str, int]
DAYS_OF_A_WEEK = st.tuples(
    st.sampled_from((0, 7)), st.frozensets(st.integers(0, 6), min_size=1, max_size=5)
).map(lambda told: frozenset(told[0] + one for one in told[1]))
ANY_DAYS = st.frozensets(st.integers(0, 13), min_size=1, max_size=10)


def histories(days: st.SearchStrategy[frozenset[int]]) -> st.SearchStrategy[list[Wish]]:
    """Return histories of wishes, each of which replaces what its booking had; none of no unit."""
    wish = st.tuples(st.sampled_from(NAMES), days, st.sampled_from(list(HOURS)), st.integers(0, 2))
    return st.lists(wish, max_size=9)


def play(somebody: Customer, site: Site, wish: Wish, now: datetime) -> None:
    name, days, hours, units = wish
    if not units:
        if name in somebody.subjects:
            somebody.cancel(name, now)
        return
    asked = on(site, *sorted(days), hours=hours, units=units)
    others = [one.use for other, one in somebody.subjects.items() if other != name]
    taken = (one for other in others for one in other.intervals)
    if not any(one.overlaps(mine) for one in taken for mine in asked.intervals):
        act = somebody.change if name in somebody.subjects else somebody.book
        act(name, asked, now)


def make_prices(*, is_monthly: bool) -> Site:
    """Make prices with calm hours, and months if asked."""
    prices = {Duration.HALF_DAY: 800, Duration.DAY: 1400, Duration.WEEK: 3000}
    grid = make_grid(prices | ({Duration.MONTH: 5500} if is_monthly else {}))
    price(grid, Duration.HOUR, 200, off_peak_cents=100)
    off_peak(grid, 4, "13:00", "00:00")
    return make_site()


def times_of(somebody: Customer, place: int) -> list[Interval]:
    """Return when somebody uses one of their places."""
    uses = [one.use for one in somebody.subjects.values() if one.use.units > place]
    return merged(one for each in uses for one in each.intervals)


def cost(site: Site, times: list[Interval]) -> int:
    return quote(use(site, *times), (), NOW).total_cents if times else 0


def monday_of(time: Interval) -> date:
    return time.starts_at.date() - timedelta(days=time.starts_at.weekday())


@settings(max_examples=60, deadline=None)
@given(history=histories(DAYS_OF_A_WEEK))
def test_what_stands_of_a_week_costs_what_one_booking_of_it_would(history: list[Wish]) -> None:
    with taken_back():
        site, somebody = make_prices(is_monthly=False), Customer()

        for number, wish in enumerate(history):
            play(somebody, site, wish, NOW + number * MINUTE)

        weeks = [
            [one for one in times_of(somebody, place) if monday_of(one) == DAYS[first]]
            for place in range(2)
            for first in (0, 7)
        ]
        assert somebody.owes() == somebody.owed() == sum(cost(site, times) for times in weeks)
        assert all(somebody.owes(name) >= 0 for name in NAMES)
        assert all_adds_up()


@settings(max_examples=60, deadline=None)
@given(history=histories(ANY_DAYS))
def test_over_weeks_nobody_pays_more_than_apart_nor_less_than_at_once(history: list[Wish]) -> None:
    with taken_back():
        site, somebody, fresh = make_prices(is_monthly=True), Customer(), Customer()

        for number, wish in enumerate(history):
            play(somebody, site, wish, NOW + number * MINUTE)
        for name, one in sorted(somebody.subjects.items(), key=lambda told: told[1].booked_at):
            fresh.book(f"{name}2", one.use, one.booked_at)

        apart = sum(
            cost(site, list(one.use.intervals)) * one.use.units
            for one in somebody.subjects.values()
        )
        at_once = sum(cost(site, times_of(somebody, place)) for place in range(2))
        assert at_once <= somebody.owes() <= apart
        assert somebody.owes() == somebody.owed()
        # What was moved into a week came last there, whenever it was booked (decision 24).
        if all(somebody.turns[name] == 1 for name in somebody.subjects):
            assert somebody.owes() == fresh.owes()
        assert all(somebody.owes(name) >= 0 for name in NAMES)
        assert all_adds_up()


def test_the_order_of_bookings_makes_no_difference_to_their_sum() -> None:
    make_grid()
    site = make_site()
    uses = [on(site, 0), on(site, 1, 2), on(site, 2 + 1, 4), on(site, 5, hours="morning")]
    for first, second in combinations(range(4), 2):
        somebody = Customer()
        order = [first, second, *(one for one in range(4) if one not in (first, second))]
        for number, one in enumerate(order):
            name = f"{somebody.person.pk}-{one}"
            somebody.book(name, uses[one], NOW + number * MINUTE)
        assert somebody.owes() == 5000
