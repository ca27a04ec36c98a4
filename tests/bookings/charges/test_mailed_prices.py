"""What mails say of prices: what it costs, what is kept, what came back."""

from datetime import timedelta

import pytest
from django.utils import translation

from bookings.actions import cancel
from bookings.calendars import appointments_of
from bookings.charges.prices import price_of
from bookings.messages.letters import Change, Letter
from bookings.messages.words import price_details
from bookings.models import Booking
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.mailed import mailed_price
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_space,
    make_user,
)

pytestmark = pytest.mark.django_db
FRIDAY = TUESDAY + timedelta(days=3)
NEXT_MONDAY = FRIDAY + timedelta(days=3)
#: When cancelling what is on Friday is no longer free.
CLOCK = at(FRIDAY - timedelta(days=1), "08:00")
UNTIL = NOW + timedelta(days=90)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")


def test_the_mail_says_what_it_costs_and_until_when_cancelling_is_free() -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), MORNING)

    assert mailed_price(booking) == (
        "Price: €8.00.\n"
        "Payment: On account. You pay nothing now, it will stand on your statement of the month.\n"
        "Terms: Free to cancel until Thursday 26 November, 8:00. After that, 50% is kept."
    )


def test_the_mail_says_what_is_left_of_the_pass_as_the_page_does() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    booking = book_for(person, space, MORNING)

    told = mailed_price(booking).splitlines()
    assert told[:2] == [
        "Price: Nothing to pay. 1 half-day of “Ten”.",
        "Payment: 9 half-days are left of “Ten”.",
    ]


def test_the_mail_of_a_booking_cancelled_in_time_says_what_came_back() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    paid = book_for(person, space, interval(NEXT_MONDAY, "08:00", "13:00"))
    make_pass(person, grid, 10, UNTIL)
    covered = book_for(person, space, MORNING)

    for booking in (paid, covered):
        cancel(booking=booking, by=person, now=NOW + timedelta(minutes=1))
        booking.refresh_from_db()

    assert mailed_price(paid) == "Price: Nothing to pay. €8.00 is no longer owed. Nothing is kept."
    assert mailed_price(covered) == (
        "Price: Nothing to pay. 1 half-day is back on “Ten”. Nothing is kept.\n"
        "Payment: 10 half-days are left of “Ten”."
    )


def test_the_mail_of_what_was_cancelled_late_says_what_is_left_of_the_pass() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    half, whole = (
        book_for(person, space, interval(FRIDAY + timedelta(days=n), "08:00", ends))
        for n, ends in ((0, "13:00"), (3, "18:00"))
    )

    cancel(booking=half, by=person, now=CLOCK)
    cancel(booking=whole, by=person, now=at(FRIDAY + timedelta(days=3), "07:00"))

    told = [mailed_price(Booking.objects.get(pk=one.pk)) for one in (half, whole)]
    assert told == [
        "Price: Nothing to pay. 1 half-day was kept for what was given up late.\n"
        "Payment: 8 half-days are left of “Ten”.",
        "Price: Nothing to pay. 1 half-day was kept for what was given up late."
        " 1 half-day is back on “Ten”.\n"
        "Payment: 8 half-days are left of “Ten”.",
    ]


def test_of_a_pass_that_has_ended_is_not_told_what_is_left_of_it() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    booking = book_for(person, space, MORNING)
    cancel(booking=booking, by=person, now=NOW + timedelta(minutes=1))

    told = price_of(booking, UNTIL)

    assert told
    assert (told.passes, [count for _row, count in told.back]) == ((), [1])


def test_who_has_left_an_address_tells_it_nothing_of_prices_any_more() -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), MORNING)
    events = list(appointments_of(Booking.objects.all()))
    letter = Letter(booking, Change.CHANGED, events[0], events, NOW, is_farewell=True)

    assert price_details(letter) == []


def test_the_mail_says_how_many_half_days_are_kept() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, UNTIL)
    booking = book_for(person, space, MORNING)
    events = list(appointments_of(Booking.objects.all()))
    letter = Letter(booking, Change.BOOKED, events[0], events, NOW)

    with translation.override("en"):
        _price, _payment, (_label, words) = price_details(letter)

    assert str(words).endswith("After that, 1 half-day is kept.")
    assert "%" not in str(words)


@pytest.mark.parametrize(
    ("closed", "terms"),
    [
        (
            [MORNING, AFTERNOON],
            "Terms: The site is closed then: cancelling is free,"
            " also once it has begun or is over.",
        ),
        (
            [AFTERNOON],
            "Terms: Free to cancel until Thursday 26 November, 8:00. After that, 50% is kept."
            " Giving back the times that can no longer be had as booked is free.",
        ),
        (
            [interval(FRIDAY, "17:00", "18:00")],
            "Terms: Free to cancel until Thursday 26 November, 8:00. After that, 50% is kept."
            " Giving back the times that can no longer be had as booked is free.",
        ),
    ],
)
def test_the_mail_says_that_what_is_closed_is_given_up_for_nothing(
    closed: list[Interval], terms: str
) -> None:
    make_grid()
    booking = book_for(make_user(), make_space(), MORNING, AFTERNOON)
    for one in closed:
        make_closure(booking.site, one)

    assert mailed_price(booking).splitlines()[-1] == terms


def test_the_mail_says_so_of_a_place_that_cannot_be_used_until_it_begins() -> None:
    make_grid()
    booking = book_for(make_user(), space := make_space(), MORNING)
    Space.objects.filter(pk=space.pk).update(is_active=False)
    booking.space.refresh_from_db()

    assert mailed_price(booking).splitlines()[-1] == (
        "Terms: It can no longer be had as it was booked: cancelling is free until it begins."
    )
