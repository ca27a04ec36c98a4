"""A person books units of a space."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.actions import book
from bookings.errors import (
    Closed,
    InThePast,
    NotNumbered,
    NoUnitFree,
    OutsideOpeningHours,
    OverlapsOwnBooking,
    SiteInactive,
    TooManyPeople,
)
from bookings.models import Allocation, Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Closure, Space
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    holder,
    interval,
    make_manager,
    make_site,
    make_space,
    make_user,
)
from tests.words import plain

pytestmark = pytest.mark.django_db
MORNING = interval(TUESDAY, "08:00", "12:30")


def wish_for(space: Space, *intervals: Interval, **fields: Any) -> Wish:
    return Wish(space_id=space.pk, intervals=intervals or (MORNING,), **fields)


def test_a_booking_is_confirmed_and_holds_one_unit() -> None:
    space, person = make_space(units=2), make_user()

    booking = book(wish=wish_for(space), person=person, by=person, now=NOW)

    allocation = Allocation.objects.get()
    assert booking.status == Booking.Status.CONFIRMED
    assert (booking.starts_at, booking.ends_at) == (MORNING.starts_at, MORNING.ends_at)
    assert (allocation.booking, allocation.space, allocation.site) == (booking, space, space.site)
    assert allocation.interval == MORNING


def test_the_mail_is_ordered_in_the_same_transaction() -> None:
    space, person = make_space(), make_user()

    book(wish=wish_for(space), person=person, by=person, now=NOW)

    assert DBTaskResult.objects.count() == 1


def test_a_refused_booking_leaves_nothing() -> None:
    space, person = make_space(), make_user()
    book(wish=wish_for(space), person=make_user(), by=holder("manage_any_booking"), now=NOW)

    with pytest.raises(NoUnitFree):
        book(wish=wish_for(space), person=person, by=person, now=NOW)

    assert Booking.objects.filter(person=person).count() == 0
    assert DBTaskResult.objects.count() == 1


def test_a_group_takes_as_many_desks_as_people_but_one_room() -> None:
    site = make_site()
    desks = make_space(site, units=4)
    room = make_space(site, kind=Space.Kind.MEETING_ROOM)
    person = make_user()

    at_desks = book(wish=wish_for(desks, people=3), person=person, by=person, now=NOW)
    in_room = book(wish=wish_for(room, people=6), person=person, by=person, now=NOW)

    assert at_desks.allocations.values("unit").distinct().count() == 3
    assert in_room.allocations.count() == 1


def test_more_people_than_the_space_seats_are_refused() -> None:
    room, person = make_space(kind=Space.Kind.MEETING_ROOM), make_user()

    with pytest.raises(TooManyPeople, match="6"):
        book(wish=wish_for(room, people=7), person=person, by=person, now=NOW)


def test_a_day_cut_by_lunch_is_one_booking_of_two_allocations_of_one_desk() -> None:
    site = make_site(hours=(("08:00", "12:00"), ("14:00", "18:00")))
    space, person = make_space(site, units=3), make_user()
    halves = (interval(TUESDAY, "08:00", "12:00"), interval(TUESDAY, "14:00", "18:00"))

    booking = book(wish=wish_for(space, *halves), person=person, by=person, now=NOW)

    assert booking.allocations.count() == 2
    assert booking.allocations.values("unit").distinct().count() == 1


def test_time_over_the_lunch_break_is_outside_opening_hours() -> None:
    site = make_site(hours=(("08:00", "12:00"), ("14:00", "18:00")))
    space, person = make_space(site), make_user()

    with pytest.raises(OutsideOpeningHours) as refused:
        book(
            wish=wish_for(space, interval(TUESDAY, "08:00", "18:00")),
            person=person,
            by=person,
            now=NOW,
        )

    assert plain(refused.value) == (
        "Le site n’est pas ouvert pendant tout ce temps le mardi 24 novembre :"
        " il ouvre 8 h – 12 h, 14 h – 18 h."
    )


def test_a_night_is_cut_at_the_sites_midnight() -> None:
    site = make_site(hours=(("00:00", "00:00"),))
    space, person = make_space(site), make_user()
    night = interval(MONDAY, "22:00", "24:00")
    until_two = interval(TUESDAY, "00:00", "02:00")
    wish = wish_for(space, type(night)(night.starts_at, until_two.ends_at))

    booking = book(wish=wish, person=person, by=person, now=NOW)

    assert [one.interval for one in booking.allocations.order_by("starts_at")] == [
        night,
        until_two,
    ]


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 1, 1)])
def test_a_public_holiday_is_closed_and_says_its_name(day: date) -> None:
    space, person = make_space(), make_user()

    with pytest.raises(Closed, match="Noël|Christmas|Jour de l’an|New Year"):
        book(
            wish=wish_for(space, interval(day, "09:00", "12:00")),
            person=person,
            by=person,
            now=NOW,
        )


def test_a_closure_of_the_space_says_why_and_leaves_other_spaces_open() -> None:
    site = make_site()
    closed, other, person = make_space(site), make_space(site), make_user()
    Closure.objects.create(
        site=site,
        space=closed,
        starts_at=at(TUESDAY, "10:00"),
        ends_at=at(TUESDAY, "11:00"),
        reason="Paint",
    )

    with pytest.raises(Closed, match="Paint"):
        book(wish=wish_for(closed), person=person, by=person, now=NOW)
    assert book(wish=wish_for(other), person=person, by=person, now=NOW).space == other


def test_a_second_desk_at_the_same_time_is_refused_but_a_room_is_not() -> None:
    site = make_site()
    desks, elsewhere = make_space(site, units=5), make_space(make_site())
    room, person = make_space(site, kind=Space.Kind.MEETING_ROOM), make_user()
    first = book(wish=wish_for(desks), person=person, by=person, now=NOW)

    with pytest.raises(OverlapsOwnBooking, match=first.reference):
        book(wish=wish_for(elsewhere), person=person, by=person, now=NOW)
    assert book(wish=wish_for(room), person=person, by=person, now=NOW).space == room


def test_a_desk_right_after_ones_own_is_allowed() -> None:
    space, person = make_space(), make_user()
    book(wish=wish_for(space), person=person, by=person, now=NOW)
    after = interval(TUESDAY, "12:30", "14:00")

    assert book(wish=wish_for(space, after), person=person, by=person, now=NOW).pk


def test_an_inactive_space_site_or_unit_takes_nobody() -> None:
    closed_site = make_space(make_site(is_active=False))
    closed_space = make_space(is_active=False)
    broken = make_space()
    broken.units.update(is_active=False)
    person = make_user()

    for space, refusal in (
        (closed_site, SiteInactive),
        (closed_space, SiteInactive),
        (broken, NoUnitFree),
    ):
        with pytest.raises(refusal):
            book(wish=wish_for(space), person=person, by=person, now=NOW)


def test_a_numbered_unit_is_given_as_asked_or_refused() -> None:
    space = make_space(units=2, is_fungible=False)
    window = space.units.get(label="2")
    wish = wish_for(space, unit_id=window.pk)
    person, late = make_user(), make_user()

    booking = book(wish=wish, person=person, by=person, now=NOW)

    assert booking.allocations.get().unit == window
    with pytest.raises(NoUnitFree):
        book(wish=wish, person=late, by=late, now=NOW)


def test_a_number_is_refused_where_units_are_interchangeable_or_of_another_space() -> None:
    pool, numbered = make_space(units=2), make_space(units=2, is_fungible=False)
    person = make_user()

    for wish in (
        wish_for(pool, unit_id=pool.units.earliest("pk").pk),
        wish_for(numbered, unit_id=pool.units.earliest("pk").pk),
    ):
        with pytest.raises(NotNumbered):
            book(wish=wish, person=person, by=person, now=NOW)


def test_time_that_has_begun_is_refused() -> None:
    space, person = make_space(), make_user()

    with pytest.raises(InThePast):
        book(
            wish=wish_for(space, interval(MONDAY, "10:15", "12:00")),
            person=person,
            by=person,
            now=NOW,
        )


def test_only_the_person_the_sites_manager_and_the_team_book_for_a_person() -> None:
    space, person = make_space(units=3), make_user()

    with pytest.raises(PermissionDenied):
        book(wish=wish_for(space), person=person, by=make_user(), now=NOW)
    manager = make_manager(space.site)
    booking = book(wish=wish_for(space), person=person, by=manager, now=NOW)

    assert (booking.person, booking.booked_by) == (person, manager)


def test_a_manager_of_another_operator_is_a_stranger() -> None:
    space, person = make_space(), make_user()

    with pytest.raises(PermissionDenied):
        book(wish=wish_for(space), person=person, by=make_manager(make_site()), now=NOW)


def test_an_unknown_space_does_not_exist() -> None:
    person = make_user()

    with pytest.raises(Space.DoesNotExist):
        book(wish=Wish(space_id=999_999, intervals=(MORNING,)), person=person, by=person, now=NOW)


def test_the_number_of_queries_does_not_grow_with_bookings(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    space = make_space(units=12)
    for _ in range(8):
        other = make_user()
        book(wish=wish_for(space), person=other, by=other, now=NOW)
    person = make_user()

    with django_assert_max_num_queries(21):
        book(wish=wish_for(space), person=person, by=person, now=NOW)
