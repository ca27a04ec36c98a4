"""What bookings leave behind to be paid, whatever becomes of them."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.charging.checking import faults_of_charges
from billing.groups.granting import Grant, end_group, grant_group
from billing.ledger.checking import faults
from billing.models import Charge, GroupMembership, Transfer
from billing.prices.durations import Duration
from billing.prices.groups import Group
from bookings.actions import book, cancel, change, give_back
from bookings.errors import QuotaPerDay
from bookings.holds.holding import confirm
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import local_price, make_grid, price
from tests.bookings.bookings import book_for
from tests.bookings.given_back import THU, TUE, WED
from tests.bookings.holds.holding import held
from tests.factories import (
    MONDAY,
    NOW,
    TUESDAY,
    at,
    holder,
    interval,
    make_closure,
    make_manager,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")
LATE = at(FRIDAY, "07:00")


def owes(person: User) -> int:
    return sum(line.amount_cents for line in Charge.objects.of_person(person))


def told(booking: Booking) -> list[tuple[str, int]]:
    lines = Charge.objects.of_subject(booking.reference).order_by("pk")
    return [(line.kind, line.amount_cents) for line in lines]


def all_adds_up() -> bool:
    return [*faults(), *faults_of_charges()] == []


def moved(
    booking: Booking, *times: Interval, by: User | None = None, now: datetime = NOW
) -> Booking:
    wish = Wish(space_id=booking.space_id, intervals=times, people=booking.people)
    return change(booking=booking, wish=wish, by=by or booking.person, now=now)


def make_student(person: User, now: datetime) -> GroupMembership:
    """Have somebody be a student from now on."""
    return grant_group(
        grant=Grant(person, Group.STUDENT, FRIDAY), by=holder("add_groupmembership"), now=now
    )


def test_a_booking_leaves_its_line() -> None:
    make_grid()
    space = make_space()

    booking = book_for(make_user(), space, MORNING)

    line = Charge.objects.get()
    assert (line.subject, line.person, line.site) == (
        booking.reference,
        booking.person,
        space.site,
    )
    assert (line.amount_cents, Transfer.objects.get().amount) == (800, 800)
    assert all_adds_up()


def test_a_group_given_at_noon_is_not_of_what_was_booked_that_morning() -> None:
    price(make_grid(), Duration.HALF_DAY, 400, group=Group.STUDENT)
    ada, space, noon = make_user(), make_space(), at(MONDAY, "12:00")
    booked = book_for(ada, space, MORNING)
    make_student(ada, noon)

    moved(booked, AFTERNOON, now=noon + timedelta(hours=6))
    assert owes(ada) == 800
    thursday = Wish(space_id=space.pk, intervals=(interval(THURSDAY, "08:00", "13:00"),))
    later = book(wish=thursday, person=ada, by=ada, now=noon)
    assert owes(ada) == 800 + 400
    moved(later, interval(THURSDAY, "13:00", "18:00"), now=noon + timedelta(hours=6))
    assert owes(ada) == 800 + 400
    assert all_adds_up()


def test_a_group_ended_at_noon_stays_that_of_what_was_booked_that_morning() -> None:
    price(make_grid(), Duration.HALF_DAY, 400, group=Group.STUDENT)
    ada, noon = make_user(), at(MONDAY, "12:00")
    given = make_student(ada, NOW)
    booked = book_for(ada, make_space(), MORNING)
    end_group(membership=given, by=holder("add_groupmembership"), now=noon)

    moved(booked, AFTERNOON, now=noon + timedelta(hours=6))

    assert owes(ada) == 400


def test_a_booking_that_a_pass_covers_asks_no_more_than_one_that_is_owed() -> None:
    grid, space, ada, bert = make_grid(), make_space(units=2), make_user(), make_user()
    ten = make_pass(ada, grid, 10, at(FRIDAY, "20:00"))
    for person in (ada, bert):
        book_for(person, space, MORNING)

    with CaptureQueriesContext(connection) as covered:
        book_for(ada, space, AFTERNOON)
    with CaptureQueriesContext(connection) as owed:
        book_for(bert, space, AFTERNOON)

    assert (left(ten), owes(ada), owes(bert)) == (8, 0, 1400)
    assert len(covered) <= len(owed)


def test_a_booking_that_is_refused_leaves_nothing() -> None:
    make_grid()
    person, space = make_user(), make_space(units=40, capacity=40)

    with pytest.raises(QuotaPerDay):
        book_for(person, space, MORNING, people=20)

    assert not Charge.objects.exists()
    assert not Transfer.objects.exists()


def test_a_hold_owes_nothing_until_it_is_confirmed() -> None:
    make_grid()
    person, space = make_user(), make_space()
    ten = make_pass(person, make_grid(from_day=TUESDAY), 10, NOW + timedelta(days=90))
    kept = held(space, MORNING)
    before = left(ten)

    booking = confirm(hold=kept, person=person, now=NOW)

    assert (before, left(ten)) == (10, 9)
    assert told(booking) == [("use", 0)]
    confirm(hold=kept, person=person, now=NOW)
    assert left(ten) == 9


def test_places_are_counted_as_the_space_sells_them() -> None:
    make_grid()
    space = make_space(units=4, capacity=4)

    booking = book_for(make_user(), space, MORNING, people=3)

    assert told(booking) == [("use", 2400)]


def test_two_bookings_of_a_day_cost_a_day() -> None:
    make_grid()
    person, space = make_user(), make_space()
    other = make_space(space.site)
    first = book_for(person, space, MORNING)

    book_for(person, other, AFTERNOON)
    both = owes(person)
    cancel(booking=first, by=person, now=NOW)

    assert (both, owes(person)) == (1400, 800)
    assert all_adds_up()


def test_a_change_is_charged_by_what_it_changes() -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), MORNING)

    longer = moved(booking, MORNING, AFTERNOON)
    back = moved(longer, MORNING)

    assert told(back) == [
        *(("use", 800), ("given_back", -800)),
        *(("use", 1400), ("given_back", -1400)),
        ("use", 800),
    ]
    assert all_adds_up()


def test_another_note_costs_nothing() -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), MORNING)

    wish = Wish(space_id=booking.space_id, intervals=(MORNING,), note="Projector")
    change(booking=booking, wish=wish, by=booking.person, now=LATE)

    assert told(booking) == [("use", 800)]


def test_moved_to_another_site_it_costs_what_that_asks() -> None:
    make_grid()
    there = make_space()
    local_price(there.site, Duration.HALF_DAY, 700)
    booking = book_for(make_user(), make_space(), MORNING)

    wish = Wish(space_id=there.pk, intervals=(MORNING,))
    change(booking=booking, wish=wish, by=booking.person, now=NOW)

    assert owes(booking.person) == 700
    assert all_adds_up()


def test_cancelled_late_by_its_person_a_share_is_kept() -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), MORNING)

    cancel(booking=booking, by=booking.person, now=LATE)

    assert owes(booking.person) == 400


def test_cancelled_late_by_who_runs_the_site_nothing_is_kept() -> None:
    make_grid()
    space = make_space()
    booking = book_for(make_user(), space, MORNING)

    cancel(booking=booking, by=make_manager(space.site), now=LATE)

    assert owes(booking.person) == 0
    assert all_adds_up()


@pytest.mark.parametrize(("closed", "kept"), [(TUE, 0), (WED, 400)])
def test_of_a_day_on_which_the_site_closed_nothing_is_kept(closed: Interval, kept: int) -> None:
    make_grid()
    space, person = make_space(), make_user()
    booking = book_for(person, space, TUE, WED)
    make_closure(space.site, closed)

    cancel(booking=booking, by=person, now=at(TUESDAY, "08:00"))

    assert owes(person) == kept


def test_what_is_given_back_while_it_runs_keeps_its_share() -> None:
    make_grid({Duration.HOUR: 300})
    booking = book_for(make_user(), make_space(), TUE, WED, THU)

    give_back(booking=booking, by=booking.person, now=at(TUESDAY, "10:00"), times=[TUE])

    assert owes(booking.person) == 300 + 300 + 900 + 900
    assert all_adds_up()


def test_given_back_twice_it_is_given_back_once() -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), TUE, WED, THU)

    for _time in range(2):
        give_back(booking=booking, by=booking.person, now=NOW, times=[THU])

    assert owes(booking.person) == 1600


def test_what_a_manager_books_is_owed_by_who_it_is_for() -> None:
    make_grid()
    space, guest = make_space(), make_user()
    manager = make_manager(space.site)

    wish = Wish(space_id=space.pk, intervals=(MORNING,))
    book(wish=wish, person=guest, by=manager, now=NOW)

    assert (owes(guest), owes(manager)) == (800, 0)


def test_who_leaves_is_forgotten_and_what_they_owed_stays() -> None:
    make_grid()
    person = make_user()
    booking = book_for(person, make_space(), MORNING)
    Booking.objects.update(person=make_user(), booked_by=make_user())

    person.delete()

    line = Charge.objects.get()
    assert (line.person, line.subject, line.amount_cents) == (None, booking.reference, 800)
    assert all_adds_up()
