"""What has not begun can be given back, by its person, the site and the network team."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from bookings.actions import book, cancel, change, give_back
from bookings.calendars import appointments_of
from bookings.calendars.appointments import times_of
from bookings.errors import AlreadyOver, NotOfBooking
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.given_back import RUNNING, THU, TUE, WED, WEDNESDAY, booked, held
from tests.factories import (
    NOW,
    TUESDAY,
    interval,
    make_closure,
    make_manager,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_later_days_of_a_booking_that_has_begun_are_free_at_once() -> None:
    booking = booked(space := make_space(units=1))

    after = give_back(booking=booking, by=booking.person, now=RUNNING, times=[WED, THU])

    assert held(after) == [TUE]
    assert (after.status, after.interval, after.sequence) == ("confirmed", TUE, 1)
    assert booked(space, WED).pk


def test_who_leaves_now_frees_the_place_from_the_next_quarter_of_an_hour() -> None:
    booking = booked(space := make_space(units=1))

    after = give_back(booking=booking, by=booking.person, now=RUNNING, times=[TUE])

    assert held(after) == [interval(TUESDAY, "09:00", "10:15"), WED, THU]
    assert after.interval == Interval(TUE.starts_at, THU.ends_at)
    wish = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "10:15", "12:00"),))
    other = make_user()
    assert book(wish=wish, person=other, by=other, now=RUNNING).pk


def test_all_that_is_left_goes_when_no_time_is_named() -> None:
    booking = booked()

    after = give_back(booking=booking, by=booking.person, now=RUNNING)

    assert held(after) == [interval(TUESDAY, "09:00", "10:15")]
    assert after.interval == interval(TUESDAY, "09:00", "10:15")


def test_what_was_given_back_stays_as_history_and_is_told_nowhere() -> None:
    booking = booked()

    give_back(booking=booking, by=booking.person, now=RUNNING)
    given = booking.allocations.filter(status=Allocation.Status.GIVEN_BACK).order_by("starts_at")
    told = times_of(appointments_of(Booking.objects.filter(pk=booking.pk)))

    assert [one.interval for one in given] == [interval(TUESDAY, "10:15", "12:00"), WED, THU]
    assert told == [interval(TUESDAY, "09:00", "10:15")]


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=9)])
@pytest.mark.parametrize("times", [None, [TUE, WED]])
def test_giving_back_twice_changes_nothing_more(
    later: timedelta, times: list[Interval] | None
) -> None:
    booking = booked(None, TUE, WED)

    give_back(booking=booking, by=booking.person, now=RUNNING, times=times)
    again = give_back(booking=booking, by=booking.person, now=RUNNING + later, times=times)

    assert (again.sequence, again.interval) == (1, interval(TUESDAY, "09:00", "10:15"))
    assert DBTaskResult.objects.count() == 2  # booked, given back once


def test_a_booking_of_which_nothing_is_left_is_cancelled() -> None:
    booking = booked(None, TUE, WED)

    give_back(booking=booking, by=booking.person, now=NOW, times=[WED])
    after = give_back(booking=booking, by=booking.person, now=NOW)
    told = times_of(appointments_of(Booking.objects.filter(pk=booking.pk)))

    assert after.status == Booking.Status.CANCELLED
    assert not held(after)
    assert told == [TUE]
    assert DBTaskResult.objects.latest("enqueued_at").args_kwargs["args"][1] == "cancelled"


def test_each_is_announced_as_a_change() -> None:
    booking = booked()

    give_back(booking=booking, by=booking.person, now=RUNNING, times=[WED])

    args = DBTaskResult.objects.latest("enqueued_at").args_kwargs["args"]
    assert args == [booking.pk, "changed", 1, 1]


def test_what_is_over_or_never_was_is_refused() -> None:
    booking = booked(None, TUE, WED)

    with pytest.raises(NotOfBooking):
        give_back(booking=booking, by=booking.person, now=RUNNING, times=[THU])
    with pytest.raises(AlreadyOver):
        give_back(booking=booking, by=booking.person, now=WED.starts_at, times=[TUE])
    with pytest.raises(AlreadyOver):
        give_back(booking=booking, by=booking.person, now=WED.ends_at)
    assert held(booking) == [TUE, WED]


def test_a_stranger_may_not_but_the_sites_manager_may() -> None:
    booking = booked()

    with pytest.raises(PermissionDenied):
        give_back(booking=booking, by=make_user(), now=RUNNING)

    assert give_back(booking=booking, by=make_manager(booking.site), now=RUNNING).sequence == 1


class TestOneDayOfSeveral:
    def test_is_dropped_by_a_change_and_the_others_keep_their_units(self) -> None:
        space = make_space(units=2, is_fungible=False)
        second = space.units.get(label="2")
        booking = booked(space, unit_id=second.pk)
        wish = Wish(space_id=space.pk, intervals=(TUE, THU))

        after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

        assert held(after) == [TUE, THU]
        assert {one.unit_id for one in after.allocations.confirmed()} == {second.pk}
        assert booked(space, WED, unit_id=second.pk).pk

    def test_is_dropped_though_the_others_can_no_longer_be_booked(self) -> None:
        booking = booked(space := make_space())
        Space.objects.filter(pk=space.pk).update(advance_days=1, is_active=False)
        make_closure(space.site, THU)
        wish = Wish(space_id=space.pk, intervals=(TUE, THU), note="Bonjour")

        after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

        assert (held(after), after.note) == ([TUE, THU], "Bonjour")

    def test_moves_though_a_day_that_stays_was_closed_since(self) -> None:
        booking = booked(space := make_space())
        make_closure(space.site, THU)
        later = interval(WEDNESDAY, "14:00", "16:00")
        wish = Wish(space_id=space.pk, intervals=(TUE, later, THU))

        after = change(booking=booking, wish=wish, by=booking.person, now=NOW)

        assert held(after) == [TUE, later, THU]


def test_a_cancelled_booking_is_told_as_it_was_at_the_end() -> None:
    booking = booked(None, TUE, WED)
    give_back(booking=booking, by=booking.person, now=NOW, times=[TUE])

    cancel(booking=booking, by=booking.person, now=NOW)

    told = times_of(appointments_of(Booking.objects.filter(pk=booking.pk)))
    assert told == [WED]
