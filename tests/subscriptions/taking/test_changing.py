"""More seats at once, fewer from the first of a month on: never fewer than people or bookings."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing.ledger.checking import faults
from subscriptions.errors import SeatsRefused
from subscriptions.models import Subscription
from subscriptions.months.counting import seats_on
from subscriptions.taking.changing import change_of, change_seats
from subscriptions.taking.seats import give_seat, take_seat
from tests.billing.accounts import move, world
from tests.billing.charging.turns import left
from tests.factories import MONDAY, NOW, make_space, make_user
from tests.subscriptions.employers import make_employee, make_employer
from tests.subscriptions.taken import grants, passes, taken, version

pytestmark = pytest.mark.django_db

FIRST, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
BEFORE = NOW - timedelta(days=22)


@pytest.fixture(autouse=True)
def _horizon() -> None:
    make_space(advance_days=45)


def subscribed(seats: int = 5, *, is_shared: bool = True, **terms: Any) -> Subscription:
    """Have an employer subscribe on the first of November; it is the 23rd."""
    boss = make_user()
    plan = {"is_shared": is_shared, "holders": "organisations"}
    return taken(
        version(plan=plan, **terms),
        boss,
        organisation=make_employer(boss),
        seats=seats,
        starts_on=FIRST,
        now=BEFORE,
    )


def changed(of: Subscription, seats: int) -> Subscription:
    assert of.made_by is not None
    change_seats(subscription=of, seats=seats, by=of.made_by, now=NOW)
    return Subscription.objects.get(pk=of.pk)


def test_more_seats_are_had_at_once_for_the_share_of_the_month_that_is_shown_first() -> None:
    of = subscribed()

    told = change_of(of, 7, MONDAY)

    assert (told.from_day, told.now_cents) == (MONDAY, 2 * 747)  # 8 days of 30 at 28 €
    assert told.month_cents == 7 * 2800
    after = changed(of, 7)
    assert seats_on(after, MONDAY) == 7
    assert grants(after) == [("11", 0, 24), ("12", 0, 28), ("01", 0, 28)]


def test_fewer_are_had_from_the_first_of_a_month_on() -> None:
    of = subscribed()

    told = change_of(of, 3, MONDAY)

    assert (told.from_day, told.now_cents, told.month_cents) == (DECEMBER, 0, 8400)
    after = changed(of, 3)
    assert (seats_on(after, MONDAY), seats_on(after, DECEMBER)) == (5, 3)
    assert grants(after) == [("11", 0, 20), ("12", 0, 12), ("01", 0, 12)]
    assert [*faults()] == []


def test_notice_and_commitment_are_kept_before_there_are_fewer() -> None:
    assert change_of(subscribed(notice_days=30), 3, MONDAY).from_day == JANUARY
    assert change_of(subscribed(commitment_months=3), 3, MONDAY).from_day == date(2027, 2, 1)


def test_changed_twice_the_last_word_counts() -> None:
    of = changed(subscribed(), 3)

    after = changed(of, 6)

    assert [seats_on(after, day) for day in (FIRST, MONDAY, DECEMBER)] == [5, 6, 6]
    assert grants(after) == [("11", 0, 22), ("12", 0, 24), ("01", 0, 24)]


def test_fewer_than_people_have_are_refused() -> None:
    of = subscribed(3, is_shared=False)
    assert of.organisation is not None
    for _one in range(3):
        person = make_employee(of.organisation).person
        assert person is not None
        give_seat(subscription=of, person=person, now=NOW)

    with pytest.raises(SeatsRefused, match="3"):
        changed(of, 2)


def test_whoever_has_one_of_the_last_seats_keeps_it_and_what_it_is_granted() -> None:
    of = subscribed(3, is_shared=False)
    assert of.organisation is not None
    people = [make_employee(of.organisation).person for _one in range(3)]
    seats = [give_seat(subscription=of, person=one, now=NOW) for one in people if one]
    move(passes(of)[2].account, world(), 3)  # of the third seat in November
    take_seat(seat=seats[0], last_day=MONDAY)

    after = changed(of, 2)

    numbers = {one.person: one.number for one in after.seats.taken()}
    assert numbers == {people[2]: 1, people[1]: 2}
    november = after.grants.get(month=FIRST, number=1).granted
    assert left(november) == 1
    assert people[2] in {one.person for one in november.bearers.filter(until=None)}
    assert [row for row in grants(after) if row[0] == "12"] == [
        ("12", 1, 4),
        ("12", 2, 4),
        ("12", 3, 0),
    ]


def test_fewer_than_what_is_booked_needs_are_refused_and_nothing_changes() -> None:
    of = subscribed()
    december = passes(of)[1]
    move(december.account, world(), 15)

    with pytest.raises(SeatsRefused):
        changed(of, 3)

    assert [row.seats for row in of.seat_counts.all()] == [5]
    assert grants(of) == [("11", 0, 20), ("12", 0, 20)]
    assert changed(of, 4).seat_counts.count() == 2


@pytest.mark.parametrize("seats", [0, 2001])
def test_odd_numbers_are_refused(seats: int) -> None:
    with pytest.raises(SeatsRefused):
        changed(subscribed(), seats)


def test_only_who_runs_the_employer_changes_its_seats() -> None:
    of = subscribed()

    with pytest.raises(PermissionDenied):
        change_seats(subscription=of, seats=6, by=make_user(), now=NOW)


def test_a_person_has_one_seat() -> None:
    ada = make_user()
    mine = taken(version(), ada)

    with pytest.raises(PermissionDenied):
        change_seats(subscription=mine, seats=2, by=ada, now=NOW)
