"""What a page told, beside what the press is about to do: counted alike, and never worse."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import transaction

from billing.prices.durations import Duration
from bookings.charges import turns
from bookings.charges.prices import price_of_wish
from bookings.charges.promises import Difference, agreed_in, is_agreed, of_price
from bookings.ground import AskedBooking
from bookings.holds.holding import book_over
from bookings.wishes import Wish
from network.sql import together
from sites.intervals import Interval
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid, subsidy
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_space, make_user

FRIDAY = TUESDAY + timedelta(days=3)
NEXT_MONDAY = FRIDAY + timedelta(days=3)
UNTIL = NOW + timedelta(days=90)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")


@pytest.mark.parametrize(
    ("told", "now", "is_done"),
    [
        (Difference(800), Difference(800), True),
        (Difference(800), Difference(801), False),
        (Difference(800), Difference(0, 1), False),
        (Difference(800, 2), Difference(0, 2), True),
        (Difference(0, 1), Difference(0, 2), False),
        (Difference(0, 1), Difference(800), False),
        (Difference(-800), Difference(-400, 0, 400), False),
        (Difference(-400, 0, 400), Difference(-800), True),
        (Difference(-800), Difference(-1200, 0, 400), False),
        (Difference(0, -2), Difference(0, -1, 0, 1), False),
        (None, Difference(-800), False),
        (None, Difference(), True),
    ],
)
def test_what_is_no_worse_is_done_unasked(
    told: Difference | None, now: Difference, *, is_done: bool
) -> None:
    assert is_agreed(now, told) is is_done


def test_a_form_sends_back_what_it_was_given() -> None:
    some = Difference(-400, 1, 400, 0)

    assert agreed_in(some.code) == some
    assert agreed_in(Difference().code) is None


@pytest.mark.django_db
@pytest.mark.parametrize("half_days", [0, 1, 2, 10])
@pytest.mark.parametrize(
    ("before", "times"),
    [((), (MORNING, AFTERNOON)), ((MORNING,), (AFTERNOON,)), ((MORNING, AFTERNOON), ())],
)
@pytest.mark.parametrize("people", [1, 2])
@pytest.mark.parametrize("is_aided", [False, True])
def test_what_a_page_tells_is_just_what_the_press_is_about_to_charge(
    half_days: int,
    before: tuple[Interval, ...],
    times: tuple[Interval, ...],
    people: int,
    *,
    is_aided: bool,
) -> None:
    grid, person, now = make_grid(), make_user(), NOW + timedelta(minutes=1)
    elsewhere = make_space(units=3)
    space = make_space(elsewhere.site, units=3)
    if is_aided:
        subsidy(space.site, Duration.HALF_DAY, 300)
    if half_days:
        make_pass(person, grid, half_days, UNTIL)
    for time in before:
        book_for(person, elsewhere, time)
    days = (NEXT_MONDAY + timedelta(days=number) for number in range(5))
    week = tuple(interval(day, "08:00", "13:00") for day in days)
    wish = Wish(space_id=space.pk, intervals=(*times, *week), people=people)

    told = of_price(price_of_wish(wish, space, person, now))
    with mock.patch.object(turns, "refuse_dearer") as compared, transaction.atomic():
        asked = AskedBooking(wish, person, now)
        together(*asked.statements)
        book_over(asked, "", Difference())

    assert compared.call_args.args == (told, Difference())
