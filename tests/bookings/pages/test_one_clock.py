"""Days that have the price of a week together are cancelled by one clock, and the pages say so."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from bookings.models import Booking
from bookings.wishes import interval_text
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.mailed import mailed_price
from tests.bookings.pages.pressing import words
from tests.factories import MONDAY, PARIS, at, interval, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FIRST = MONDAY + timedelta(days=7)
WEEK = [interval(FIRST + timedelta(days=number), "08:00", "18:00") for number in range(5)]
NEXT_MONDAY = interval(FIRST + timedelta(days=7), "08:00", "18:00")
FREE = "Free to cancel until Sunday 29 November, 8:00. After that, 50% is kept."
ALL = "That holds for all its days at once: together they have the price of a week."
SOME = "The days that have one price together, of a week or a month, have one time limit."


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space()


@pytest.fixture
def ada(client: Client) -> User:
    ada = make_user(language="en")
    client.force_login(ada)
    return ada


def check(client: Client, space: Space, *times: Interval) -> str:
    at_ = [interval_text(one, PARIS) for one in times]
    return words(client.get(reverse("book", args=[space.pk]), {"at": at_, "people": "1"}))


def page(client: Client, name: str, booking: Booking) -> Any:
    return words(client.get(reverse(name, args=[booking.reference])))


@pytest.mark.usefixtures("ada")
def test_it_is_told_before_it_is_booked(client: Client, space: Space) -> None:
    assert f"{FREE} {ALL}" in check(client, space, *WEEK)


def test_it_is_told_on_the_booking_in_its_mail_and_where_it_is_cancelled(
    client: Client, ada: User, space: Space
) -> None:
    booking = book_for(ada, space, *WEEK)

    for name in ("booking", "booking-cancel"):
        assert f"{FREE} {ALL}" in page(client, name, booking)
    assert f"{FREE} {ALL}" in mailed_price(booking)


def test_once_it_is_late_the_page_that_cancels_says_why_all_of_it_is(
    client: Client, ada: User, space: Space, frozen: Traveller
) -> None:
    booking = book_for(ada, space, *WEEK)
    frozen.move_to(at(FIRST, "07:00"))
    client.force_login(ada)

    told = page(client, "booking-cancel", booking)

    assert f"€25.00 is kept, because it is given up late. {ALL}" in told
    assert told.count(ALL) == 1


@pytest.mark.usefixtures("ada")
def test_of_days_beside_the_week_each_has_its_own(client: Client, space: Space) -> None:
    told = check(client, space, *WEEK, NEXT_MONDAY)

    assert f"{FREE} {SOME}" in told
    assert ALL not in told


def test_days_that_are_paid_one_by_one_have_a_clock_each(
    client: Client, ada: User, space: Space
) -> None:
    told = check(client, space, *WEEK[:2])
    for one in WEEK:
        last = book_for(ada, space, one)

    assert FREE in told
    for words_of in (told, page(client, "booking-cancel", last)):
        assert ALL not in words_of
        assert SOME not in words_of
