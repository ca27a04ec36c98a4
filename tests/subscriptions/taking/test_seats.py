"""Seats: given to people of the employer, lost at the end of a day; what they are granted stays."""

from datetime import date, timedelta

import pytest

from billing.passes.holding import ask_held, held_of
from network.models import User
from network.sql import together
from subscriptions.errors import NoSeatLeft, NotOnAccount
from subscriptions.models import Subscription
from subscriptions.taking.seats import give_seat, seat_newcomer, take_seat, take_seats
from subscriptions.taking.showing import seats_of
from tests.factories import MONDAY, NOW, make_user
from tests.subscriptions.employers import make_employee, make_employer
from tests.subscriptions.taken import passes, taken, version

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)


def team_of(seats: int, **plan: object) -> Subscription:
    boss = make_user()
    return taken(
        version(plan=plan), boss, organisation=make_employer(boss), seats=seats, starts_on=MONDAY
    )


def newcomer(of: Subscription) -> User:
    assert of.organisation is not None
    person = make_employee(of.organisation).person
    assert person is not None
    return person


def holds(person: User, of: Subscription, now: object = NOW) -> list[int]:
    asked = ask_held(person.pk, of.organisation_id, now)  # type: ignore[arg-type]
    together(asked)
    return [one.left for one in held_of(asked.rows)]


def test_who_has_a_seat_spends_what_it_is_granted_at_once() -> None:
    of = team_of(2)
    ada = newcomer(of)

    seat = give_seat(subscription=of, person=ada, now=NOW)

    assert (seat.number, seat.since) == (1, MONDAY)
    assert holds(ada, of) == [2]


def test_asked_again_it_is_the_same_seat_and_the_next_one_has_the_next() -> None:
    of = team_of(2)
    ada, bob = newcomer(of), newcomer(of)

    first = give_seat(subscription=of, person=ada, now=NOW)

    assert give_seat(subscription=of, person=ada, now=NOW) == first
    assert give_seat(subscription=of, person=bob, now=NOW).number == 2
    with pytest.raises(NoSeatLeft):
        give_seat(subscription=of, person=newcomer(of), now=NOW)


def test_only_people_of_the_employer_have_its_seats() -> None:
    of = team_of(1)

    with pytest.raises(NotOnAccount):
        give_seat(subscription=of, person=make_user(), now=NOW)


def test_who_loses_a_seat_has_it_until_the_days_end_and_the_next_one_spends_the_rest() -> None:
    of = team_of(1)
    ada, bob = newcomer(of), newcomer(of)
    seat = give_seat(subscription=of, person=ada, now=NOW)

    take_seat(seat=seat, last_day=MONDAY)

    assert holds(ada, of) == [2]
    assert holds(ada, of, TOMORROW) == []
    with pytest.raises(NoSeatLeft):
        give_seat(subscription=of, person=bob, now=NOW)
    give_seat(subscription=of, person=bob, now=TOMORROW)
    assert holds(bob, of, TOMORROW) == [2]


def test_all_who_have_a_seat_spend_what_they_share() -> None:
    of = team_of(2, is_shared=True, holders="organisations")
    ada, bob = newcomer(of), newcomer(of)

    for person in (ada, bob):
        give_seat(subscription=of, person=person, now=NOW)

    assert holds(ada, of) == holds(bob, of) == [4]
    assert len(passes(of)) == 1


def test_what_is_shared_is_told_once_however_many_share_it() -> None:
    of = team_of(2, is_shared=True, holders="organisations")
    people = [newcomer(of) for _one in range(2)]
    for person in people:
        give_seat(subscription=of, person=person, now=NOW)

    (mine,) = seats_of(people[0], NOW)

    assert (mine.left, len(mine.held)) == (4, 1)


def test_who_leaves_loses_all_seats_that_the_employer_gave() -> None:
    of = team_of(1)
    assert of.organisation is not None
    leaver = make_employee(of.organisation)
    seat_newcomer(employee=leaver, now=NOW)

    take_seats(employee=leaver, last_day=MONDAY)

    assert [one.until for one in of.seats.all()] == [MONDAY]


def test_a_newcomer_has_a_seat_of_the_oldest_subscription_that_has_one_free() -> None:
    boss = make_user()
    employer = make_employer(boss)
    first, second = (
        taken(version(), boss, organisation=employer, starts_on=MONDAY + timedelta(days=days))
        for days in (0, 7)
    )
    some = [seat_newcomer(employee=make_employee(employer), now=NOW) for _one in range(3)]

    assert [one and one.subscription for one in some] == [first, second, None]


def test_a_seat_of_a_subscription_to_come_is_had_from_its_first_day_on() -> None:
    boss = make_user()
    first_day = date(2026, 12, 1)
    of = taken(version(), boss, organisation=make_employer(boss), starts_on=first_day)

    assert give_seat(subscription=of, person=newcomer(of), now=NOW).since == first_day
