"""A change follows the prices of the day of booking, at most as long ago as one can book ahead."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charging.subjects import priced_at
from billing.models import CancellationPolicy, Charge
from billing.prices.durations import Duration
from bookings.actions import book, cancel, change
from bookings.models import Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import MONDAY, NOW, interval, make_space, make_user

pytestmark = pytest.mark.django_db
AHEAD = 35
#: Prices that begin a week after the booking is made.
LATER = NOW + timedelta(days=7)
#: As long after them as one can book ahead, and some days before.
BOUND = LATER + timedelta(days=AHEAD)
BETWEEN = BOUND - timedelta(days=14)


def morning(after: datetime, days: int) -> Interval:
    return interval((after + timedelta(days=days)).date(), "08:00", "13:00")


def make_dearer(half_day: int = 900, day: int = 1600) -> None:
    make_grid({Duration.HALF_DAY: half_day, Duration.DAY: day}, from_day=LATER.date())


@pytest.fixture
def space() -> Space:
    """Make a space of which nothing is kept late: it is prices that are told here."""
    CancellationPolicy.objects.create(kind="desk", free_hours=24, late_percent=0)
    make_grid(from_day=MONDAY)
    return make_space(advance_days=AHEAD)


@pytest.fixture
def booking(space: Space) -> Booking:
    return book_for(make_user(), space, morning(NOW, 35))


def costs(booking: Booking) -> int:
    return sum(one.amount_cents for one in Charge.objects.of_subject(booking.reference))


def moved(booking: Booking, now: datetime, *times: Interval) -> Booking:
    wish = Wish(space_id=booking.space_id, intervals=times)
    return change(booking=booking, wish=wish, by=booking.person, now=now)


@given(booked=st.integers(0, 400), later=st.integers(0, 400), advance_days=st.integers(0, 120))
def test_no_price_is_older_than_one_can_book_ahead_nor_than_the_booking(
    booked: int, later: int, advance_days: int
) -> None:
    booked_at = NOW + timedelta(days=booked)
    now = booked_at + timedelta(days=later)

    found = priced_at(booked_at, now, advance_days)

    assert booked_at <= found <= now
    assert now - found <= timedelta(days=advance_days)


def test_moved_within_the_time_one_can_book_ahead_it_keeps_its_prices(booking: Booking) -> None:
    make_dearer()
    assert costs(moved(booking, BETWEEN, morning(BETWEEN, 28))) == 800


def test_moved_on_and_on_it_costs_what_it_would_have_at_most_so_long_ago(booking: Booking) -> None:
    make_dearer()
    booking = moved(booking, BETWEEN, morning(BETWEEN, 28))

    booking = moved(booking, BOUND, morning(BOUND, 21))

    assert costs(booking) == 900
    cancel(booking=booking, by=booking.person, now=BOUND)
    assert all_adds_up()


def kept_and_moved(booking: Booking) -> Booking:
    """Have a booking last two mornings for long, and then move the second."""
    first, second = morning(BETWEEN, 28), morning(BETWEEN, 21)
    booking = moved(booking, BETWEEN, first, second)
    return moved(booking, BOUND, first, morning(BOUND, 28))


def test_a_day_that_stays_keeps_its_line_and_only_the_one_that_moves_costs_the_later_price(
    booking: Booking,
) -> None:
    make_dearer()

    changed = kept_and_moved(booking)

    assert costs(changed) == 800 + 900
    given_back = Charge.objects.filter(kind="given_back", made_at=BOUND)
    assert [one.amount_cents for one in given_back] == [-800]
    assert all_adds_up()


def test_where_all_of_it_costs_less_by_the_later_prices_it_does(booking: Booking) -> None:
    make_dearer(700, 1200)

    assert costs(kept_and_moved(booking)) == 700 + 700


def test_a_day_that_stays_keeps_its_time_limit_though_it_costs_less(booking: Booking) -> None:
    make_dearer(700, 1200)

    kept_and_moved(booking)

    day = morning(BETWEEN, 28).starts_at
    stays = Charge.objects.get(kind="use", starts_at=day, made_at=BOUND)
    assert stays.free_until == day - timedelta(days=1)


def test_what_others_of_its_week_save_beside_it_is_told_by_the_prices_it_was_charged_by(
    booking: Booking,
) -> None:
    make_dearer()
    booking = moved(booking, BETWEEN, morning(BETWEEN, 28))
    booking = moved(booking, BOUND, morning(BOUND, 21))
    afternoon = interval((BOUND + timedelta(days=21)).date(), "13:00", "18:00")
    wish = Wish(space_id=booking.space_id, intervals=(afternoon,))
    other = book(wish=wish, person=booking.person, by=booking.person, now=BOUND)

    assert costs(booking) + costs(other) == 1600
    cancel(booking=other, by=booking.person, now=BOUND)
    assert costs(booking) == 900
    assert all_adds_up()
