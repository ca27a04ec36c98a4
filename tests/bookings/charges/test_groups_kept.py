"""A customer group is kept for as long as something that it priced may still change."""

from datetime import timedelta

import pytest

from billing.models import Charge, GroupMembership
from billing.prices.durations import Duration
from billing.prices.groups import Group
from bookings.actions import cancel, change
from bookings.models import Booking
from bookings.wishes import Wish
from network.jobs.chores import purge
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid, price
from tests.bookings.bookings import book_for
from tests.factories import MONDAY, NOW, interval, make_space, make_user

pytestmark = pytest.mark.django_db

#: So many days after the group has ended, a booking made before is still to come.
LONG_AFTER = NOW + timedelta(days=40)
FAR = MONDAY + timedelta(days=84)
MORNING = interval(FAR, "08:00", "13:00")
DAY = interval(FAR, "08:00", "18:00")


@pytest.fixture
def space() -> Space:
    grid = make_grid()
    for duration, cents in ((Duration.HALF_DAY, 400), (Duration.DAY, 700)):
        price(grid, duration, cents, group=Group.STUDENT)
    return make_space(units=3)


@pytest.fixture
def student() -> User:
    """Somebody who is a student for the rest of the day."""
    person = make_user()
    GroupMembership.objects.create(
        person=person, group=Group.STUDENT, ends_on=MONDAY, granted_at=NOW - timedelta(days=1)
    )
    return person


@pytest.fixture
def booking(space: Space, student: User) -> Booking:
    return book_for(student, space, MORNING)


def cost_after(booking: Booking, *times: Interval) -> int:
    """Return what the booking costs once it is changed to those times, long after."""
    wish = Wish(space_id=booking.space_id, intervals=times)
    row = Booking.objects.get(pk=booking.pk)
    change(booking=row, wish=wish, by=booking.person, now=LONG_AFTER)
    return sum(one.amount_cents for one in Charge.objects.of_subject(booking.reference))


def test_what_was_booked_by_a_group_costs_its_price_after_the_purge(booking: Booking) -> None:
    purge(now=LONG_AFTER)

    assert cost_after(booking, DAY) == 700
    assert cost_after(booking, MORNING) == 400
    assert all_adds_up()


def test_once_the_booking_is_over_the_group_is_erased_a_month_later(booking: Booking) -> None:
    purge(now=booking.ends_at + timedelta(days=30) - timedelta(minutes=1))
    assert GroupMembership.objects.exists()

    purge(now=booking.ends_at + timedelta(days=30))
    assert not GroupMembership.objects.exists()


def test_a_cancelled_booking_keeps_no_group(booking: Booking) -> None:
    cancel(booking=booking, by=booking.person, now=NOW)

    purge(now=LONG_AFTER)

    assert not GroupMembership.objects.exists()


def test_what_was_booked_at_another_price_keeps_no_group(space: Space, student: User) -> None:
    GroupMembership.objects.update(group=Group.JOB_SEEKER)
    book_for(student, space, MORNING)

    purge(now=LONG_AFTER)

    assert not GroupMembership.objects.exists()


def test_what_others_of_the_group_booked_keeps_none_of_it(booking: Booking) -> None:
    other = GroupMembership.objects.create(
        person=make_user(), group=Group.STUDENT, ends_on=MONDAY, granted_at=NOW
    )

    purge(now=LONG_AFTER)

    assert not GroupMembership.objects.filter(pk=other.pk).exists()
    assert GroupMembership.objects.get().person == booking.person
