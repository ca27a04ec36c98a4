"""What the simulator promises is what bookings then cost."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.models import PassOffer
from billing.prices.durations import Duration
from billing.simulating.estimating import Estimate, estimate, together
from billing.simulating.habits import USUAL, Habit, Sort, Visit, most_calm, off_peak_hours
from billing.simulating.mixing import Rest, added, cheapest_mix, rests_of_week
from sites.models import Site
from tests.billing.charging.turns import Customer, all_adds_up, make_pass, taken_back, use
from tests.billing.tariffs import make_grid, off_peak, price, subsidy
from tests.factories import MONDAY, NOW, interval, make_site, open_on

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
THROUGH, WITH_MIDDAY = (("08:00", "18:30"),), (("09:00", "12:00"), ("14:00", "19:00"))
HOURS = st.sampled_from((THROUGH, WITH_MIDDAY, ()))
OFTEN = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 2)).filter(
    lambda often: 0 < sum(often) <= 5
)


def promised(
    often: tuple[int, int, int],
    cents: Sequence[int] = (6000, 1500),
    hours: tuple[tuple[str, str], ...] = THROUGH,
) -> Estimate:
    """Return what is told of a habit, where passes of ten and of two cost so many cents."""
    grid = make_grid()
    price(grid, Duration.HOUR, 300, off_peak_cents=100, category="urban")
    off_peak(grid, 1, "16:00", "00:00")
    off_peak(grid, 3, "17:00", "00:00", kind="desk")
    for held, asked in zip((10, 2), cents, strict=True):
        PassOffer.objects.create(
            grid=grid, code=str(held), name=f"{held}", half_days=held, price_cents=asked
        )
    days, half_days, calm = often
    habit = Habit(make_site(hours=hours), days, half_days, calm, tuple(off_peak_hours(grid)))
    return estimate(habit, (), MONDAY)


def book_all(somebody: Customer, told: Estimate, visits: Sequence[Visit]) -> None:
    """Book each visit by itself."""
    for visit in visits:
        number = len(somebody.subjects)
        somebody.book(f"{number}", use(told.habit.site, *visit.times), NOW + number * MINUTE)


@settings(max_examples=25, deadline=None)
@given(often=OFTEN, hours=HOURS)
def test_by_use_bookings_cost_what_was_told(
    often: tuple[int, int, int], hours: tuple[tuple[str, str], ...]
) -> None:
    with taken_back():
        told = promised(often, hours=hours)
        visits = [*chain.from_iterable(told.weeks)]
        one_by_one = Customer()

        book_all(one_by_one, told, visits)

        assert one_by_one.owes() == told.by_use_cents
        assert all_adds_up()


@settings(max_examples=25, deadline=None)
@given(often=OFTEN, ten=st.integers(1000, 9000), two=st.integers(300, 1500))
def test_with_its_passes_bookings_cost_what_was_told(
    often: tuple[int, int, int], ten: int, two: int
) -> None:
    with taken_back():
        told = promised(often, (ten, two))
        mix, somebody = told.with_passes, Customer()
        assert mix
        for offer, count in mix.counts:
            for _number in range(count):
                until = NOW + timedelta(days=180)
                make_pass(somebody.person, offer.grid, offer.half_days, until)

        book_all(somebody, told, mix.rest.covered)
        book_all(somebody, told, mix.rest.paid)

        assert mix.passes_cents + somebody.owes() == mix.total_cents
        assert mix.total_cents >= told.least.cents
        assert all_adds_up()


def test_a_subsidy_is_in_what_is_told() -> None:
    grid, site, somebody = make_grid(), make_site(), Customer()
    subsidy(site, Duration.WEEK, 2000)
    told = estimate(Habit(site, 5, 0), (), MONDAY)

    book_all(somebody, told, told.weeks[0])

    assert (told.by_use_cents, told.full_cents) == (4 * 2000, 4 * 5000)
    assert somebody.owes() == 2000
    assert grid


def test_a_day_is_the_sites_morning_and_afternoon_a_half_day_its_morning() -> None:
    told = promised((1, 1, 0), hours=WITH_MIDDAY)

    day, half_day = told.weeks[0]

    assert [(one.starts_at.hour, one.ends_at.hour) for one in day.times] == [(8, 11), (13, 18)]
    assert [(one.starts_at.hour, one.ends_at.hour) for one in half_day.times] == [(8, 11)]
    assert (told.takes(day), told.takes(half_day)) == (2, 1)
    assert told.by_week[0].total_cents == 1400 + 800


def test_days_are_when_the_site_has_a_morning_and_an_afternoon_half_days_when_it_has_one() -> None:
    make_grid()
    site = make_site(hours=())
    open_on(site, 0, ("14:00", "18:00"))
    open_on(site, 3, ("08:00", "18:00"))

    day, half_day, closed = usual(estimate(Habit(site, 1, 2), (), MONDAY).weeks[0])

    assert day == (3, Sort.DAY, 10)
    assert half_day == (0, Sort.HALF_DAY, 4)
    assert closed == (1, Sort.HALF_DAY, 4)


def test_visits_off_peak_are_when_the_site_is_open_on_the_last_weekdays_that_have_such_hours() -> (
    None
):
    grid, site = make_grid(), make_site(hours=())
    for weekday in range(5):
        off_peak(grid, weekday, "17:00", "00:00")
    open_on(site, 0, ("08:00", "17:00"))
    open_on(site, 2, ("08:00", "18:00"))
    open_on(site, 3, ("08:00", "21:00"))
    hours = tuple(off_peak_hours(grid))

    assert most_calm(site, hours, MONDAY) == 2
    week = usual(estimate(Habit(site, 0, 0, 2, hours), (), MONDAY).weeks[0])
    assert week == [(2, Sort.OFF_PEAK, 1), (3, Sort.OFF_PEAK, 2)]
    (last,) = usual(estimate(Habit(site, 0, 0, 1, hours), (), MONDAY).weeks[0])
    assert last == (3, Sort.OFF_PEAK, 2)


def test_a_site_that_tells_no_hours_is_open_as_usual_off_peak_too() -> None:
    grid = make_grid()
    off_peak(grid, 0, "16:00", "00:00")
    off_peak(grid, 1, "17:00", "00:00")

    assert most_calm(make_site(hours=()), off_peak_hours(grid), MONDAY) == 1


def usual(visits: Sequence[Visit]) -> list[tuple[int, Sort, int]]:
    """Return the weekday, the sort and the hours of each visit, whole days first."""
    told = [
        (one.times[0].starts_at.weekday(), one.sort, one.times[0].length // timedelta(hours=1))
        for one in visits
    ]
    return sorted(told, key=lambda one: (one[1], one[0]))


def visit(number: int, *, is_whole: bool) -> Visit:
    sort = Sort.DAY if is_whole else Sort.HALF_DAY
    starts, ends = USUAL[sort]
    during = interval(MONDAY + timedelta(days=number), starts.isoformat(), ends.isoformat())
    return Visit(Site(pk=1), (during,), sort)


@settings(max_examples=60, deadline=None)
@given(
    wholes=st.lists(st.booleans(), min_size=1, max_size=2),
    costs=st.tuples(st.integers(1, 9), st.integers(1, 16), st.integers(10, 30)),
    passes=st.lists(st.tuples(st.integers(2, 6), st.integers(1, 40)), min_size=1, max_size=2),
)
def test_no_other_mix_is_cheaper(
    wholes: list[bool], costs: tuple[int, int, int], passes: list[tuple[int, int]]
) -> None:
    half, whole, most = costs
    visits = [visit(number, is_whole=one) for number, one in enumerate(wholes)]
    offers = [
        PassOffer(pk=number, half_days=held, price_cents=cents)
        for number, (held, cents) in enumerate(passes)
    ]

    def half_days(one: Visit) -> int:
        return 2 if one.sort == Sort.DAY else 1

    def cost(some: Sequence[Visit]) -> int:
        return min(most, sum(whole if half_days(one) == 2 else half for one in some))

    week = rests_of_week(visits, half_days, cost)
    found = cheapest_mix(offers, added(week, week))

    def brute() -> int:
        kept = [
            (sum(map(half_days, some)), cost([one for one in visits if one not in some]))
            for size in range(len(visits) + 1)
            for some in combinations(visits, size)
        ]
        every = range(7)
        return min(
            sum(count * one.price_cents for count, one in zip(counts, offers, strict=True))
            + first[1]
            + second[1]
            for counts in product(every, repeat=len(offers))
            for first, second in product(kept, kept)
            if any(counts)
            and first[0] + second[0]
            <= sum(count * one.half_days for count, one in zip(counts, offers, strict=True))
        )

    assert found
    assert found.total_cents == brute()


def test_habits_together_cost_no_more_than_each_alone() -> None:
    first = promised((2, 1, 0))
    second = estimate(Habit(make_site(), 1, 1), (), MONDAY)

    both = together([first, second])

    assert both.least_cents + both.saved_cents == first.least.cents + second.least.cents
    assert cheapest_mix((), [Rest(0)]) is None
