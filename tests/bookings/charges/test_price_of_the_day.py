"""A booking keeps the prices of the day on which it was made, whatever is set or adopted later."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from billing.errors import NotInForceYet
from billing.grids.setting import Asked, set_local_price
from billing.models import Charge
from billing.prices.durations import Duration
from bookings.actions import book, change
from bookings.models import Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.billing.tariffs import band, make_grid
from tests.bookings.bookings import book_for
from tests.factories import MONDAY, NOW, TUESDAY, at, interval, make_manager, make_space, make_user

pytestmark = pytest.mark.django_db
THURSDAY = TUESDAY + timedelta(days=2)
MORNING, ALL_DAY = interval(THURSDAY, "08:00", "13:00"), interval(THURSDAY, "08:00", "18:00")


@pytest.fixture
def space() -> Space:
    band(make_grid(from_day=MONDAY), below=50, above=50)
    return make_space()


@pytest.fixture
def booking(space: Space) -> Booking:
    return book_for(make_user(), space, MORNING)


def price(booking: Booking) -> int:
    return sum(one.amount_cents for one in Charge.objects.of_subject(booking.reference))


def prolonged_and_back(booking: Booking, now: datetime) -> list[int]:
    """Have the booking last all day and what it did again; return what it costs each time."""
    found = []
    for time in (ALL_DAY, MORNING):
        booking = moved(booking, time, now)
        found.append(price(booking))
    return found


def moved(booking: Booking, time: Interval, now: datetime) -> Booking:
    wish = Wish(space_id=booking.space_id, intervals=(time,))
    return change(booking=booking, wish=wish, by=booking.person, now=now)


def dearer(space: Space) -> Asked:
    return Asked(
        site=space.site,
        kind=Space.Kind.DESK,
        duration=Duration.HALF_DAY,
        price_cents=1000,
        starts_on=TUESDAY,
    )


@pytest.mark.parametrize(
    "later", [NOW + timedelta(hours=2), at(TUESDAY, "09:00")], ids=["today", "next day"]
)
def test_a_price_that_a_site_sets_reaches_no_booking_made_before_its_first_day(
    space: Space, booking: Booking, later: datetime
) -> None:
    set_local_price(asked=dearer(space), by=make_manager(space.site), now=NOW + timedelta(hours=1))

    assert prolonged_and_back(booking, later) == [1400, 800]


def test_nor_does_a_grid_of_the_next_day(booking: Booking) -> None:
    make_grid({Duration.HALF_DAY: 900, Duration.DAY: 1600}, from_day=TUESDAY)

    assert prolonged_and_back(booking, at(TUESDAY, "09:00")) == [1400, 800]


def test_what_is_booked_on_the_first_day_pays_the_new_price(space: Space) -> None:
    set_local_price(asked=dearer(space), by=make_manager(space.site), now=NOW)
    wish = Wish(space_id=space.pk, intervals=(MORNING,))
    ada = make_user()

    found = book(wish=wish, person=ada, by=ada, now=at(TUESDAY, "09:00"))

    assert price(found) == 1000


def test_no_price_is_set_for_the_day_on_which_the_booking_was_made(
    space: Space, booking: Booking
) -> None:
    today = replace(dearer(space), starts_on=MONDAY)

    with pytest.raises(NotInForceYet):
        set_local_price(asked=today, by=make_manager(space.site), now=NOW)

    assert prolonged_and_back(booking, NOW) == [1400, 800]
