"""Who has a pass that holds chooses: half-days or money; what was chosen stays with the booking."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from billing.charging.checking import faults_of_charges
from billing.ledger.checking import faults
from billing.models import Charge, Pass
from billing.showing.telling import Price
from billing.templatetags.prices import payment_words, price_reasons, price_words
from bookings.actions import cancel, change
from bookings.charges.prices import price_of, price_of_wish
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")
DAY = interval(FRIDAY, "08:00", "18:00")
UNTIL = NOW + timedelta(days=90)


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def customer(half_days: int = 4) -> tuple[User, Space, Pass]:
    """Make somebody with a pass, and a desk with prices."""
    grid, space, ada = make_grid(), make_space(), make_user()
    return ada, space, make_pass(ada, grid, half_days, UNTIL)


def asked(person: User, space: Space, *times: Interval, spends_passes: bool = True) -> Price:
    """Return what the check page tells of some times."""
    wish = Wish(space_id=space.pk, intervals=times, spends_passes=spends_passes)
    told = price_of_wish(wish, space, person, NOW)
    assert told
    return told


def moved(booking: Booking, *times: Interval) -> Booking:
    wish = Wish(space_id=booking.space_id, intervals=times)
    return change(booking=booking, wish=wish, by=booking.person, now=NOW)


def owes(person: User) -> int:
    assert [*faults(), *faults_of_charges()] == []
    return sum(line.amount_cents for line in Charge.objects.of_person(person))


def test_both_ways_are_told_before_and_passes_come_first() -> None:
    ada, space, _ten = customer()

    told = asked(ada, space, MORNING)

    assert [(one.cents, one.is_covered) for one in told.ways] == [(0, True), (800, False)]
    assert told == told.ways[0]
    assert [payment_words(one) for one in told.ways] == [
        "1 half-day of “Ten”. 3 will be left.",
        "Pay €8.00",
    ]
    assert price_words(told) == "1 half-day of your pass, or €8.00"
    assert price_reasons(told) == []


def test_without_a_pass_that_holds_there_is_no_choice() -> None:
    grid, space, ada, bob = make_grid(), make_space(), make_user(), make_user()
    make_pass(bob, grid, 4, UNTIL)
    make_pass(ada, grid, 4, UNTIL, kind="office")

    told = asked(ada, space, MORNING)

    assert told.otherwise is None
    assert price_words(told) == "€8.00"


def test_where_nothing_would_be_taken_of_a_pass_there_is_no_choice() -> None:
    ada, space, _ten = customer()
    book_for(ada, space, interval(FRIDAY, "08:00", "09:00"))

    assert asked(ada, space, interval(FRIDAY, "10:00", "11:00")).otherwise is None


def test_who_pays_in_money_keeps_the_half_days() -> None:
    ada, space, ten = customer()
    told = asked(ada, space, MORNING, spends_passes=False)

    booking = book_for(ada, space, MORNING, spends_passes=False)

    price = price_of(booking, NOW)
    assert price
    assert told.cents == price.cents == owes(ada) == 800
    assert left(ten) == 4


def test_what_was_chosen_stays_when_it_is_changed() -> None:
    ada, space, ten = customer()
    in_money = book_for(ada, space, MORNING, spends_passes=False)
    monday = interval(FRIDAY + timedelta(days=3), "08:00", "13:00")
    covered = book_for(ada, space, monday)

    moved(in_money, DAY)
    moved(covered, monday, interval(FRIDAY + timedelta(days=4), "08:00", "13:00"))

    assert owes(ada) == 1400
    assert left(ten) == 2


def test_what_is_owed_by_choice_is_not_covered_when_a_booking_of_its_day_leaves() -> None:
    ada, space, ten = customer()
    covered = book_for(ada, space, MORNING)
    book_for(ada, space, AFTERNOON, spends_passes=False)

    cancel(booking=covered, by=ada, now=NOW)

    assert owes(ada) == 800
    assert left(ten) == 4


def test_what_is_covered_by_choice_is_not_owed_when_a_booking_of_its_day_leaves() -> None:
    ada, space, ten = customer()
    in_money = book_for(ada, space, MORNING, spends_passes=False)
    book_for(ada, space, AFTERNOON)

    cancel(booking=in_money, by=ada, now=NOW)

    assert owes(ada) == 0
    assert left(ten) == 3


def test_two_paid_in_money_still_make_a_day_together() -> None:
    ada, space, ten = customer()

    book_for(ada, space, MORNING, spends_passes=False)
    book_for(ada, space, AFTERNOON, spends_passes=False)

    assert owes(ada) == 1400
    assert left(ten) == 4


def test_of_several_days_some_are_covered_and_the_rest_is_paid_beside() -> None:
    ada, space, _ten = customer(half_days=2)
    monday = interval(FRIDAY + timedelta(days=3), "08:00", "13:00")

    told = asked(ada, space, DAY, monday)

    assert [payment_words(one) for one in told.ways] == [
        "2 half-days of “Ten”. 0 will be left. Pay €8.00",
        "Pay €22.00",
    ]
    assert price_words(told) == "2 half-days of your pass and €8.00, or €22.00"


def test_half_days_too_few_for_a_day_stay_and_it_is_said_why() -> None:
    ada, space, ten = customer(half_days=1)
    told = asked(ada, space, DAY)

    book_for(ada, space, DAY)

    assert (told.cents, told.unused, told.otherwise) == (1400, 1, None)
    assert price_reasons(told) == [
        "A day is covered as a whole or not at all: 1 half-day is too few, it stays."
    ]
    assert (owes(ada), left(ten)) == (1400, 1)


def test_an_empty_pass_is_not_spoken_of() -> None:
    ada, space, _ten = customer(half_days=1)
    book_for(ada, space, MORNING)

    assert asked(ada, space, interval(FRIDAY + timedelta(days=3), "08:00", "13:00")).unused == 0
