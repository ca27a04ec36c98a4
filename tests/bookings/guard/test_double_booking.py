"""Two people never get one unit, whichever door they come through."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from bookings import actions
from bookings.actions import book, change
from bookings.errors import NoUnitFree, is_unit_shared
from bookings.idempotency import Answer, answer_once
from bookings.models import Allocation, Booking
from bookings.units.packing import Placement
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = pytest.mark.django_db
MORNING = interval(TUESDAY, "09:00", "12:00")


def morning_in(space: Space) -> Wish:
    return Wish(space_id=space.pk, intervals=(MORNING,))


def test_the_second_to_come_is_refused_and_leaves_nothing() -> None:
    space, first, second = make_space(), make_user(), make_user()
    book(wish=morning_in(space), person=first, by=first, now=NOW)

    with pytest.raises(NoUnitFree):
        book(wish=morning_in(space), person=second, by=second, now=NOW)

    assert not Booking.objects.filter(person=second).exists()
    assert DBTaskResult.objects.count() == 1


def test_should_the_check_be_wrong_the_database_refuses_and_it_is_the_same_clear_refusal() -> None:
    space, first, second = make_space(), make_user(), make_user()
    taken = book(wish=morning_in(space), person=first, by=first, now=NOW).allocations.get().unit_id
    assert taken

    blind = mock.patch.object(actions, "find_placement", return_value=Placement([[taken]]))
    with blind, pytest.raises(NoUnitFree) as refusal:
        book(wish=morning_in(space), person=second, by=second, now=NOW)

    assert isinstance(refusal.value.__cause__, IntegrityError)
    assert is_unit_shared(refusal.value.__cause__)
    assert Booking.objects.count() == Allocation.objects.count() == 1
    assert DBTaskResult.objects.count() == 1


def test_should_the_check_be_wrong_in_a_change_the_booking_stays_as_it_was() -> None:
    space, first, second = make_space(units=2), make_user(), make_user()
    taken = book(wish=morning_in(space), person=first, by=first, now=NOW).allocations.get().unit_id
    mine = book(wish=morning_in(space), person=second, by=second, now=NOW)
    before = mine.allocations.values_list("pk", "unit").get()
    assert taken

    blind = mock.patch.object(actions, "find_placement", return_value=Placement([[taken]]))
    later = Wish(space_id=space.pk, intervals=(interval(TUESDAY, "09:30", "12:00"),))
    with blind, pytest.raises(NoUnitFree):
        change(booking=mine, wish=later, by=second, now=NOW)

    assert mine.allocations.values_list("pk", "unit").get() == before


def test_an_error_that_is_no_clash_is_not_passed_off_as_one() -> None:
    space, person = make_space(), make_user()
    unit = space.units.get()
    too_long = interval(TUESDAY, "00:00", "24:00")
    endless = type(too_long)(too_long.starts_at, too_long.ends_at + timedelta(days=2))
    blind = mock.patch.object(actions, "find_placement", return_value=Placement([[unit.pk]]))
    lax = mock.patch.object(actions, "admitted", return_value=[endless])

    with blind, lax, pytest.raises(IntegrityError, match="allocation_within_a_day"):
        book(wish=morning_in(space), person=person, by=person, now=NOW)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock, for everything")
def test_the_person_is_locked_first_then_the_space_before_anything_is_read() -> None:
    space, person = make_space(), make_user()

    with CaptureQueriesContext(connection) as captured:
        book(wish=morning_in(space), person=person, by=person, now=NOW)

    told = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "INSERT"))]
    assert 'FROM "network_user"' in told[0]
    assert 'FROM "sites_space"' in told[1]
    assert all("FOR NO KEY UPDATE" in sql for sql in told[:2])


def test_the_same_key_books_once_and_gives_the_same_answer() -> None:
    space, person = make_space(units=5), make_user()

    first = ask_with_key(person, space)
    second = ask_with_key(person, space)

    assert first == second
    assert Booking.objects.count() == 1


def test_a_refusal_is_remembered_as_well() -> None:
    space, person = make_space(), make_user()
    holder = make_user()
    booking = book(wish=morning_in(space), person=holder, by=holder, now=NOW)
    first = ask_with_key(person, space)

    actions.cancel(booking=booking, by=holder, now=NOW)

    assert first.status == 409
    assert ask_with_key(person, space) == first


def test_a_clash_found_by_the_database_can_be_remembered_too() -> None:
    space, first, second = make_space(), make_user(), make_user()
    taken = book(wish=morning_in(space), person=first, by=first, now=NOW).allocations.get().unit_id
    assert taken

    with mock.patch.object(actions, "find_placement", return_value=Placement([[taken]])):
        answer = ask_with_key(second, space)

    assert answer.status == 409
    assert ask_with_key(second, space) == answer


def test_an_answer_that_fails_to_be_kept_takes_the_booking_with_it() -> None:
    space, person = make_space(), make_user()

    def crash() -> Answer:
        booked(person, space)()
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError), transaction.atomic():
        answer_once(person=person, key="k", request={}, now=NOW, act=crash)

    assert Booking.objects.count() == Allocation.objects.count() == 0
    assert DBTaskResult.objects.count() == 0


def booked(person: User, space: Space) -> Callable[[], Answer]:
    def act() -> Answer:
        try:
            booking = book(wish=morning_in(space), person=person, by=person, now=NOW)
        except NoUnitFree as refusal:
            return Answer(409, {"code": refusal.code})
        return Answer(201, {"reference": booking.reference})

    return act


def ask_with_key(person: User, space: Space) -> Answer:
    request = {"space": space.pk}
    return answer_once(person=person, key="k", request=request, now=NOW, act=booked(person, space))
