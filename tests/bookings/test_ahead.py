"""What a person has booked that is not over, beside what the ORM reads of it row by row."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from bookings.actions import book, cancel
from bookings.ahead import bookings_ahead
from bookings.models import Booking
from bookings.possibility import missed_ahead, missed_times
from bookings.views.bookings import told
from bookings.wishes import Wish
from network.models import User
from sites.models import Space, Unit
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_closure, make_space, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def read_by_orm(person: User) -> list[Booking]:
    bookings = told(Booking.objects.of(person).active().upcoming(NOW))
    return list(bookings.order_by("starts_at", "pk"))


def book_days(person: User, space: Space, days: int) -> Booking:
    """Book that many mornings in one booking, from Tuesday on."""
    times = tuple(interval(TUESDAY + number * DAY, "08:00", "12:00") for number in range(days))
    return book(wish=Wish(space_id=space.pk, intervals=times), person=person, by=person, now=NOW)


def test_it_is_what_the_orm_reads_the_next_one_first() -> None:
    person = make_user()
    rooms = [make_space(units=2) for _ in range(3)]
    book_for(person, rooms[0], interval(TUESDAY + 3 * DAY, "08:00", "12:00"))
    friday = Wish(space_id=rooms[1].pk, intervals=(interval(TUESDAY - 4 * DAY, "08:00", "12:00"),))
    book(wish=friday, person=person, by=person, now=NOW - 7 * DAY)
    book_days(person, rooms[2], days=3)
    cancel(
        booking=book_for(person, rooms[0], interval(TUESDAY, "14:00", "16:00")), by=person, now=NOW
    )
    book_for(make_user(), rooms[0], interval(TUESDAY, "08:00", "12:00"))

    ahead = bookings_ahead(person, NOW)

    by_orm = read_by_orm(person)
    assert [one.booking for one in ahead] == by_orm
    assert [one.booking.space_id for one in ahead] == [rooms[2].pk, rooms[0].pk]
    for mine, theirs in zip(ahead, by_orm, strict=True):
        assert list(mine.allocations) == list(theirs.allocations.all())
        assert mine.booking.site.commune == theirs.site.commune


def test_however_much_it_is_two_queries_read_it_and_none_is_asked_after(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, space = make_user(), make_space(units=2)
    book_days(person, space, days=3)
    book_for(person, make_space(), interval(TUESDAY, "14:00", "16:00"))

    with django_assert_num_queries(2):
        ahead = bookings_ahead(person, NOW)
        units = {held.unit for one in ahead for held in one.with_times().allocations.all()}
        names = {f"{one.booking.space.name} {one.booking.site.commune.name}" for one in ahead}

    assert len(ahead[0].intervals) == 3
    assert all(unit and unit.label for unit in units)
    assert len(names) == 2


def test_nobody_elses_is_read() -> None:
    book_days(make_user(), make_space(units=2), days=1)

    assert bookings_ahead(make_user(), NOW) == []


def test_what_of_it_can_no_longer_be_had_is_what_the_bookings_own_pages_say() -> None:
    person = make_user()
    shut, numbered = make_space(), make_space(is_fungible=False)
    book_days(person, shut, days=2)
    make_closure(shut.site, interval(TUESDAY, "00:00", "24:00"))
    book_for(person, numbered, interval(TUESDAY, "14:00", "16:00"))
    Unit.objects.filter(space=numbered).update(is_active=False)

    missed = missed_ahead(bookings_ahead(person, NOW), NOW)

    by_orm = missed_times(read_by_orm(person), NOW)
    assert {pk: list(times) for pk, times in missed.items()} == {
        pk: list(times) for pk, times in by_orm.items()
    }
    assert sorted(map(len, missed.values())) == [1, 1]
