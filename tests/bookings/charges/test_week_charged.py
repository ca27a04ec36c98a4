"""Bookings of one week cost what was told before each, and never more than the week."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from billing.charging.checking import faults_of_charges
from billing.ledger.checking import faults
from billing.models import Charge
from billing.prices.durations import Duration
from billing.templatetags.prices import price_reasons
from bookings.actions import book, cancel, change
from bookings.charges.prices import loss_of, price_of, price_of_wish
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.tariffs import make_grid, price
from tests.bookings.bookings import book_for
from tests.factories import MONDAY, NOW, interval, make_space, make_user

pytestmark = pytest.mark.django_db
#: Whole days of the week to come, from its Monday on.
WEEK = [interval(MONDAY + timedelta(days=7 + number), "08:00", "18:00") for number in range(5)]
NEXT_MONDAY = interval(MONDAY + timedelta(days=14), "08:00", "18:00")


def owes(person: User) -> int:
    return sum(line.amount_cents for line in Charge.objects.of_person(person))


def all_adds_up() -> bool:
    return [*faults(), *faults_of_charges()] == []


def told(person: User, space: Space, time: Interval, now: datetime = NOW) -> int:
    price = price_of_wish(Wish(space_id=space.pk, intervals=(time,)), space, person, now)
    assert price
    return price.cents


def book_week(person: User, space: Space) -> list[Booking]:
    """Book day by day, and see that each is charged as it was told."""
    bookings = []
    for number, time in enumerate(WEEK):
        now = NOW + timedelta(minutes=number)
        before, cents = owes(person), told(person, space, time, now)
        wish = Wish(space_id=space.pk, intervals=(time,))
        bookings.append(book(wish=wish, person=person, by=person, now=now))
        assert owes(person) - before == cents
    return bookings


def test_five_days_cost_the_week_as_told_before_each() -> None:
    make_grid()
    person, space = make_user(), make_space()

    bookings = book_week(person, space)

    prices = [price_of(one, NOW) for one in bookings]
    assert [one and one.cents for one in prices] == [1400, 1400, 1400, 800, 0]
    assert prices[3]
    with translation.override("en"):
        (reason,) = price_reasons(prices[3])
    assert reason == "€6.00 less, together with your other bookings of the week."
    assert told(person, space, NEXT_MONDAY) == 1400
    assert told(make_user(), space, NEXT_MONDAY) == 1400
    assert all_adds_up()


def test_what_cancelling_gives_back_is_what_the_week_costs_less() -> None:
    make_grid()
    person, space = make_user(), make_space()
    bookings = book_week(person, space)

    nothing = loss_of(bookings[0], person, NOW)
    cancel(booking=bookings[0], by=person, now=NOW)
    some = loss_of(bookings[1], person, NOW)
    cancel(booking=bookings[1], by=person, now=NOW)

    assert (nothing.back_cents, some.back_cents) == (0, 800)
    assert owes(person) == 3 * 1400
    assert all_adds_up()


def test_moved_out_of_its_week_both_weeks_are_reckoned_anew() -> None:
    make_grid()
    person, space = make_user(), make_space()
    bookings = book_week(person, space)
    days = [MONDAY + timedelta(days=number) for number in (15, 16, 17)]
    both = book_for(person, space, *(interval(day, "08:00", "13:00") for day in days))
    assert owes(person) == 5000 + 3 * 800

    wish = Wish(space_id=space.pk, intervals=(NEXT_MONDAY,), people=1)
    change(booking=bookings[0], wish=wish, by=person, now=NOW)

    assert owes(person) == 5000 + 1400 + 3 * 800
    assert both.allocations.confirmed().count() == 3
    assert all_adds_up()


def test_another_kind_at_the_same_site_is_reckoned_apart() -> None:
    grid = make_grid()
    price(grid, Duration.DAY, 3000, kind="office")
    person, space = make_user(), make_space()
    office = make_space(site=space.site, kind=Space.Kind.OFFICE)
    for time in WEEK[:4]:
        book_for(person, space, time)

    book_for(person, office, WEEK[4])

    assert owes(person) == 5000 + 3000


def test_however_many_are_beside_one_question_asks_for_them() -> None:
    make_grid()
    person, space = make_user(), make_space()
    asked = []
    for time in WEEK:
        with CaptureQueriesContext(connection) as queries:
            book_for(person, space, time)
        asked.append(
            sum(
                '"created_at"' in one["sql"] and '"bookings_allocation"' in one["sql"]
                for one in queries
            )
        )

    assert len({*asked}) == 1


@pytest.mark.usefixtures("frozen")
def test_who_may_have_other_bookings_is_told_that_prices_are_of_one_by_itself(
    client: Client,
) -> None:
    make_grid()
    site = make_space().site
    words = "avec vos autres réservations de la semaine, il peut être plus bas"

    for address in (site.get_absolute_url(), "/search/"):
        visitor = client.get(address).content.decode()
        person = signed_in().get(address).content.decode()
        assert words not in visitor
        assert words in person, address


def signed_in() -> Client:
    browser = Client()
    browser.force_login(make_user())
    return browser
