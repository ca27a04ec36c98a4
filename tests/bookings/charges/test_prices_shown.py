"""What is said of prices: on the page before it is booked, of a booking, before it is cancelled."""

from datetime import timedelta

import pytest
from django.test import Client

from billing.prices.durations import Duration
from bookings.charges.prices import loss_of, price_of, price_of_wish
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid, subsidy
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, at, interval, make_space, make_user, reads_english

pytestmark = pytest.mark.django_db
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")


def seen(person: User, space: Space, *times: Interval) -> object:
    return price_of_wish(Wish(space_id=space.pk, intervals=times), space, person, NOW)


def test_what_is_told_before_is_what_is_told_after() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 1, NOW + timedelta(days=90))
    book_for(person, space, MORNING)

    before = price_of_wish(Wish(space_id=space.pk, intervals=(AFTERNOON,)), space, person, NOW)
    after = price_of(book_for(person, space, AFTERNOON), NOW)

    assert before == after
    assert before
    assert before.cents == 800


def test_what_passes_cover_and_what_is_left_is_told() -> None:
    grid, person, space = make_grid(), make_user(), make_space()
    make_pass(person, grid, 10, NOW + timedelta(days=90))

    told = price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW)

    assert told
    (spent,) = told.spent
    assert (told.cents, told.full_cents, spent.half_days, spent.left) == (0, 800, 1, 9)


def test_a_second_half_of_a_day_is_told_with_what_it_saves() -> None:
    make_grid()
    person, space = make_user(), make_space()
    book_for(person, space, MORNING)

    told = price_of_wish(Wish(space_id=space.pk, intervals=(AFTERNOON,)), space, person, NOW)

    assert told
    assert (told.cents, told.saved_cents, told.subsidy_cents) == (600, 200, 0)


def test_a_subsidy_is_told() -> None:
    make_grid()
    space = make_space()
    subsidy(space.site, Duration.HALF_DAY, 300)

    told = price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, make_user(), NOW)

    assert told
    assert (told.cents, told.subsidy_cents) == (300, 500)


def test_looking_at_a_price_writes_nothing(client: Client) -> None:
    make_grid()
    person, space = make_user(), make_space()
    reads_english(person)
    client.force_login(person)

    page = client.get(f"/book/{space.pk}/", {"at": "2126-11-26T08:00Z/2126-11-26T12:00Z"})

    assert page.status_code == 200


def test_what_cancelling_would_give_back_is_what_it_gives_back() -> None:
    make_grid()
    person, space = make_user(), make_space()
    booking = book_for(person, space, MORNING)

    in_time = loss_of(booking, person, NOW)
    late = loss_of(booking, person, at(FRIDAY, "07:00"))

    assert (in_time.back_cents, in_time.kept_cents) == (800, 0)
    assert (late.back_cents, late.kept_cents) == (400, 400)


def test_without_a_price_nothing_is_told_of_it() -> None:
    person, space = make_user(), make_space()

    assert price_of_wish(Wish(space_id=space.pk, intervals=(MORNING,)), space, person, NOW) is None
    assert price_of(book_for(person, space, MORNING), NOW) is None
