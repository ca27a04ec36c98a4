"""Random histories of bookings, changes and cancellations, with and without passes.

Whatever is done in whatever order: lines and ledger say the same, nobody ever owes less than
nothing, no half-day is lost or spent twice, and what is owed of a day is the price of all its uses.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.charging.days import Piece, half_days, pieces
from billing.charging.quotes import Use, quote
from billing.models import Charge, Pass
from billing.prices.durations import Duration
from sites.intervals import Interval
from sites.models import Site
from tests.billing.charging.turns import Customer, all_adds_up, left, make_pass, taken_back, use
from tests.billing.tariffs import make_grid, off_peak, price, subsidy
from tests.factories import MONDAY, NOW, PARIS, at, make_site

pytestmark = pytest.mark.django_db
DAYS = [MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)]
NAMES = "ABCD"
STEP = timedelta(hours=9)
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)
#: A booking: its name, day, first hour, hours and units; or none of it any more.
Wish = tuple[str, int, int, int, int]
WISHES = st.tuples(
    st.sampled_from(NAMES),
    st.integers(0, 1),
    st.integers(8, 18),
    st.integers(1, 6),
    st.integers(1, 2),
)
STEPS = st.one_of(
    st.tuples(st.just("want"), WISHES),
    st.tuples(st.just("drop"), WISHES),
    st.tuples(st.just("close"), WISHES),
)
Step = tuple[str, Wish]


def wanted(site: Site, wish: Wish) -> Use:
    _name, day, hour, hours, units = wish
    start = at(DAYS[day], f"{hour:02}:00")
    return use(site, Interval(start, start + timedelta(hours=hours)), units=units)


def is_free(somebody: Customer, name: str, asked: Use) -> bool:
    """Tell whether the time is nobody else's: one cannot be at two places at a time."""
    others = [one.use for other, one in somebody.subjects.items() if other != name]
    return not any(
        mine.overlaps(theirs)
        for other in others
        for theirs in other.intervals
        for mine in asked.intervals
    )


def play(somebody: Customer, site: Site, step: Step, now: datetime) -> None:
    what, wish = step
    name = wish[0]
    if what == "want":
        asked = wanted(site, wish)
        if not is_free(somebody, name, asked):
            return
        act = somebody.change if name in somebody.subjects else somebody.book
        act(name, asked, now)
    elif name in somebody.subjects:
        somebody.cancel(name, now, is_free=what == "close")


def make_prices() -> tuple[Site, Pass, Customer]:
    """Make prices with calm hours and a subsidised day, and somebody with a pass of three."""
    grid = make_grid({Duration.HALF_DAY: 800, Duration.DAY: 1400})
    price(grid, Duration.HOUR, 300, off_peak_cents=200)
    off_peak(grid, DAYS[0].weekday(), "17:00", "00:00")
    site, somebody = make_site(), Customer()
    subsidy(site, Duration.DAY, 1300)
    return site, make_pass(somebody.person, grid, 3, NEXT_YEAR), somebody


def together(somebody: Customer, site: Site) -> int:
    """Return what one use of all that somebody has would cost, day by day and place by place."""
    total = 0
    for place in range(2):
        for day in DAYS:
            times = tuple(
                interval
                for one in somebody.subjects.values()
                if one.use.units > place
                for interval in one.use.intervals
                if interval.starts_at.date() == day
            )
            total += quote(use(site, *times), (), NOW).total_cents if times else 0
    return total


def late(somebody: Customer) -> int:
    """Return what was kept as late."""
    rows = Charge.objects.of_person(somebody.person).filter(kind="late")
    return sum(one.amount_cents for one in rows)


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_whatever_is_booked_its_days_cost_what_all_their_uses_do(steps: list[Step]) -> None:
    with taken_back():
        site, some, somebody = make_prices()
        some.bearers.all().delete()

        for number, step in enumerate(steps):
            play(somebody, site, step, NOW + number * STEP)

        assert somebody.owes() == somebody.owed() == together(somebody, site) + late(somebody)
        assert all(somebody.owes(name) >= 0 for name in NAMES)
        assert all_adds_up()


@pytest.mark.parametrize("each", [1, 2])
@settings(max_examples=30, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_no_half_day_is_lost_or_spent_twice(each: int, steps: list[Step]) -> None:
    with taken_back():
        site, some, somebody = make_prices()
        Pass.objects.update(takes={"rural": {"desk": each}})

        for number, step in enumerate(steps):
            play(somebody, site, step, NOW + number * STEP)

        assert left(some) == 3 - each * covered(somebody) - kept_half_days(somebody)
        assert all(somebody.owes(name) >= 0 for name in NAMES)
        assert somebody.owes() == somebody.owed()
        assert all_adds_up()


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(STEPS, max_size=12))
def test_what_is_paid_in_money_by_choice_costs_what_it_does_without_a_pass(
    steps: list[Step],
) -> None:
    with taken_back():
        site, some, somebody = make_prices()
        somebody.in_money = NAMES[2:]

        for number, step in enumerate(steps):
            play(somebody, site, step, NOW + number * STEP)

        in_money = Charge.objects.filter(subject__in=somebody.in_money)
        assert not in_money.filter(spent_pass__isnull=False).exists()
        assert left(some) == 3 - covered(somebody) - kept_half_days(somebody)
        assert somebody.owes() == somebody.owed()
        assert all_adds_up()


def covered(somebody: Customer) -> int:
    """Return the half-days that the covered uses of each day take together."""
    found: dict[date, list[Piece]] = {}
    for subject in somebody.subjects.values():
        lines = Charge.objects.of_subject(subject.reference).filter(kind="use")
        standing = [one for one in lines if not one.corrections.filter(kind="given_back").exists()]
        if any(one.spent_pass_id for one in standing):
            for day, piece in pieces(subject.use).items():
                found.setdefault(day, []).append(piece)
    return sum(half_days(some, PARIS) for some in found.values())


def kept_half_days(somebody: Customer) -> int:
    """Return the half-days that were kept as late."""
    rows = Charge.objects.filter(person=somebody.person, kind="late", spent_pass__isnull=False)
    return sum(one.quantity // 100 for one in rows)
