"""What was held becomes somebody's booking, once, or stays as it was."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from bookings.actions import book
from bookings.errors import (
    Closed,
    HoldEnded,
    NoUnitFree,
    OverlapsOwnBooking,
    QuotaAhead,
    SiteInactive,
)
from bookings.holds.holding import confirm, release, wish_of
from bookings.models import Allocation, Booking, Hold
from sites.models import Unit
from tests.bookings.bookings import booked
from tests.bookings.holds.holding import END, MORNING, SECOND, held, wish_for
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    interval,
    make_closure,
    make_site,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def test_a_hold_becomes_a_booking_on_the_very_units_and_is_announced() -> None:
    space, person = make_space(units=5, is_fungible=False), make_user()
    hold = held(space, people=2, note="By the window")
    units = set(hold.allocations.values_list("unit", flat=True))

    booking = confirm(hold=hold, person=person, now=LATER)

    assert (booking.person, booking.booked_by) == (person, person)
    assert (booking.interval, booking.people, booking.note) == (MORNING, 2, "By the window")
    assert booking.created_at == booking.changed_at == LATER
    assert set(booking.allocations.confirmed().values_list("unit", flat=True)) == units
    assert Allocation.objects.filter(held_until=None, hold=None).count() == 2
    assert DBTaskResult.objects.count() == 1


def test_the_unit_asked_for_by_number_is_the_one_that_is_given() -> None:
    space = make_space(units=3, is_fungible=False)
    third = space.units.order_by("pk")[2]
    hold = held(space, unit_id=third.pk)

    assert wish_of(hold).unit_id == third.pk
    booking = confirm(hold=hold, person=make_user(), now=LATER)

    assert booking.allocations.get().unit == third


def test_a_night_across_midnight_is_confirmed_as_it_was_held() -> None:
    site = make_site(hours=(("00:00", "00:00"),))
    space = make_space(site, min_minutes=60, max_minutes=600)
    night = interval(TUESDAY, "22:00", "24:00")
    next_day = interval(TUESDAY + timedelta(days=1), "00:00", "06:00")
    whole = type(night)(night.starts_at, next_day.ends_at)

    booking = confirm(hold=held(space, whole), person=make_user(), now=LATER)

    assert booking.interval == whole
    assert booking.allocations.count() == 2


def test_a_booking_of_a_hold_is_free_again_once_it_is_given_back() -> None:
    space, person = make_space(), make_user()
    booking = confirm(hold=held(space), person=person, now=LATER)

    booking.allocations.update(status=Allocation.Status.RELEASED)

    assert booked(space).is_active


def test_in_the_last_second_it_is_confirmed_and_one_second_later_not() -> None:
    late, in_time = held(make_space()), held(make_space())

    with pytest.raises(HoldEnded):
        confirm(hold=late, person=make_user(), now=END)
    assert confirm(hold=in_time, person=make_user(), now=END - SECOND).is_active
    assert Booking.objects.count() == 1


def test_one_that_somebody_else_has_taken_over_is_refused() -> None:
    space, other = make_space(units=1), make_user()
    hold = held(space)
    book(wish=wish_for(space), person=other, by=other, now=END)

    with pytest.raises(HoldEnded):
        # The clock of this server is behind: by it, the time is not over.
        confirm(hold=hold, person=make_user(), now=END - SECOND)

    assert Booking.objects.get().person == other


def test_one_that_was_let_go_is_refused() -> None:
    hold = held(make_space())
    release(hold=hold)

    with pytest.raises(HoldEnded):
        confirm(hold=hold, person=make_user(), now=LATER)


def test_confirmed_twice_it_is_one_booking_told_once_also_after_its_end() -> None:
    hold, person = held(make_space()), make_user()
    first = confirm(hold=hold, person=person, now=LATER)

    again = [confirm(hold=hold, person=person, now=now) for now in (LATER, END + SECOND)]

    assert again == [first, first]
    assert DBTaskResult.objects.count() == 1
    assert Hold.objects.get().booking == first


def test_what_one_has_confirmed_nobody_else_can() -> None:
    hold = held(make_space())
    confirm(hold=hold, person=make_user(), now=LATER)

    with pytest.raises(HoldEnded):
        confirm(hold=hold, person=make_user(), now=LATER)


def test_what_was_confirmed_is_not_let_go_with_its_hold() -> None:
    hold = held(make_space())
    booking = confirm(hold=hold, person=make_user(), now=LATER)

    release(hold=hold)

    assert booking.allocations.confirmed().count() == 1
    assert not Hold.objects.exists()


def test_what_was_confirmed_no_longer_counts_among_the_held() -> None:
    for _ in range(3):
        hold = held(make_space(), session="one", email="ada@maillage.example")
        confirm(hold=hold, person=make_user(), now=NOW)

    assert held(make_space(), session="one", email="ada@maillage.example").is_live(NOW)


class TestRules:
    """As for `book`; and what is refused is held as before."""

    def refused(self, hold: Hold, by: type[Exception]) -> None:
        with pytest.raises(by):
            confirm(hold=hold, person=make_user(), now=LATER)
        assert hold.allocations.keeping_out(LATER).exists()
        assert not Booking.objects.exists()

    def test_a_space_closed_meanwhile_is_refused(self) -> None:
        hold = held(make_space())
        make_closure(hold.site, MORNING)

        self.refused(hold, Closed)

    def test_a_space_that_takes_no_bookings_any_more_is_refused(self) -> None:
        hold = held(make_space())
        type(hold.space).objects.update(is_active=False)

        self.refused(hold, SiteInactive)

    def test_a_unit_out_of_service_is_made_good_by_another_one(self) -> None:
        space = make_space(units=2)
        hold = held(space)
        taken = hold.allocations.get().unit
        assert taken is not None
        Unit.objects.filter(pk=taken.pk).update(is_active=False)

        booking = confirm(hold=hold, person=make_user(), now=LATER)

        (unit,) = booking.allocations.confirmed().values_list("unit", flat=True)
        assert unit != taken.pk
        assert Allocation.objects.count() == 1

    def test_a_unit_out_of_service_for_which_there_is_no_other_is_refused(self) -> None:
        hold = held(make_space(units=1))
        Unit.objects.update(is_active=False)

        self.refused(hold, NoUnitFree)

    def test_a_second_place_at_the_same_time_is_refused(self) -> None:
        person, hold = make_user(), held(make_space())
        booked(make_space(), person)

        with pytest.raises(OverlapsOwnBooking):
            confirm(hold=hold, person=person, now=LATER)

        assert hold.is_live(LATER)

    def test_more_than_one_person_may_hold_is_refused(self, settings: Settings) -> None:
        hold = held(make_space())
        settings.BOOKING_QUOTA_AHEAD = 0

        self.refused(hold, QuotaAhead)

    def test_a_time_that_has_begun_while_it_was_held_is_given(self) -> None:
        soon = interval(MONDAY, "10:45", "12:00")
        hold = held(make_space(), soon, now=soon.starts_at - SECOND)

        booking = confirm(hold=hold, person=make_user(), now=soon.starts_at + timedelta(minutes=10))

        assert booking.interval == soon
