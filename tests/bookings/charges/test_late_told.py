"""What pages tell of cancelling a booking that moved, or that some was kept of already."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from time_machine import Traveller

from billing.models import CancellationPolicy, Charge, TariffGrid
from billing.prices.durations import Duration
from billing.templatetags.losses import loss_words
from billing.templatetags.prices import terms_words
from bookings.actions import cancel, change
from bookings.charges.prices import loss_of, price_of
from bookings.models import Booking
from bookings.wishes import Wish, place_text
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.billing.charging.turns import all_adds_up, left, make_pass
from tests.billing.tariffs import make_grid, price
from tests.bookings.bookings import book_for
from tests.factories import TUESDAY, at, interval, make_manager, make_space, make_user
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, ALL_DAY = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "08:00", "18:00")
NEXT_MORNING = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
LATE = at(FRIDAY, "07:00")
MOVED = "It keeps the time limit of the day that it was moved from."
NEXT_YEAR = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def grid() -> TariffGrid:
    grid = make_grid()
    price(grid, Duration.HOUR, 0, kind="remote_counter")
    return grid


@pytest.fixture
def space(grid: TariffGrid) -> Space:
    return make_space()


@pytest.fixture
def booking(space: Space) -> Booking:
    return book_for(make_user(), space, MORNING)


def move(booking: Booking, space: Space, *times: Interval, now: datetime = LATE) -> Booking:
    wish = Wish(space_id=space.pk, intervals=times)
    return change(booking=booking, wish=wish, by=booking.person, now=now)


def terms(booking: Booking, now: datetime = LATE) -> str:
    with translation.override("en"):
        return terms_words(price_of(booking, now))


def owes(person: User) -> int:
    return sum(line.amount_cents for line in Charge.objects.of_person(person))


def test_moved_late_it_says_why_nothing_of_it_is_free_to_cancel(
    space: Space, booking: Booking
) -> None:
    moved = move(booking, space, NEXT_MORNING)

    assert terms(moved) == f"If you cancel, at most 50% of the price is kept. {MOVED}"


def test_the_page_that_cancels_says_it_too(space: Space, booking: Booking) -> None:
    moved = move(booking, space, NEXT_MORNING)

    loss = loss_of(moved, moved.person, LATE)

    with translation.override("en"):
        assert loss_words(loss) == [
            "€4.00 will no longer be owed.",
            "€4.00 is kept, because it is given up late.",
            MOVED,
        ]


def test_moved_in_time_it_says_why_it_is_late_so_early(space: Space, booking: Booking) -> None:
    now = at(TUESDAY, "09:00")

    moved = move(booking, space, NEXT_MORNING, now=now)

    free = "Free to cancel until Thursday 26 November, 8:00. After that, 50% is kept."
    assert terms(moved, now) == f"{free} {MOVED}"


def test_on_the_same_day_it_keeps_no_other_day_s_limit(space: Space, booking: Booking) -> None:
    moved = move(booking, space, interval(FRIDAY, "14:00", "18:00"))

    assert MOVED not in terms(moved)


def test_taken_again_once_its_share_was_kept_it_says_that_nothing_more_is(
    space: Space, booking: Booking
) -> None:
    counter = make_space(space.site, kind="remote_counter")

    again = move(move(booking, counter, MORNING), space, MORNING)

    assert terms(again) == "If you cancel, nothing more is kept."
    cancel(booking=again, by=again.person, now=LATE)
    assert owes(booking.person) == 400


def test_taken_again_for_more_it_says_how_much_more_is_kept(space: Space, booking: Booking) -> None:
    counter = make_space(space.site, kind="remote_counter")

    again = move(move(booking, counter, MORNING), space, ALL_DAY)

    assert terms(again) == "If you cancel, at most €3.00 more is kept."
    cancel(booking=again, by=again.person, now=LATE)
    assert owes(booking.person) == 700


def test_of_days_to_come_it_says_from_when_on_how_much_more_is_kept(
    space: Space, grid: TariffGrid
) -> None:
    booking = book_for(make_user(), space, MORNING, NEXT_MORNING)

    left_over = move(booking, space, NEXT_MORNING)

    assert terms(left_over) == (
        "Free to cancel until Thursday 3 December, 8:00. After that, at most €4.00 more is kept."
    )


def test_a_half_day_that_another_booking_takes_over_is_told_before_it_is_given_up(
    space: Space, grid: TariffGrid
) -> None:
    person = make_user()
    ten = make_pass(person, grid, 10, NEXT_YEAR)
    CancellationPolicy.objects.create(kind="desk", free_hours=24, late_percent=100)
    first = book_for(person, space, interval(FRIDAY, "08:00", "10:00"))
    book_for(person, make_space(space.site), interval(FRIDAY, "10:00", "12:00"))

    loss = loss_of(first, person, LATE)
    cancel(booking=first, by=person, now=LATE)

    with translation.override("en"):
        assert loss_words(loss) == [
            "1 more half-day is taken of your pass.",
            "Your other bookings of the day take 1 half-day more without this one.",
            "1 half-day is kept, because it is given up late.",
        ]
    assert left(ten) == 8
    assert all_adds_up()


def test_moved_to_something_cheaper_of_the_same_operator_no_other_one_is_named(
    space: Space, booking: Booking, frozen: Traveller, client: Client
) -> None:
    frozen.move_to(LATE)
    counter = make_space(space.site, kind="remote_counter")
    client.force_login(booking.person)

    page = client.post(
        reverse("booking-change", args=[booking.reference]),
        {
            "instead": place_text(counter.pk, [MORNING], space.site.zone),
            "people": "1",
            "note": "",
        },
    )

    assert page.context["terms"].difference == (-400, 0, 400, 0)
    assert "autre exploitant gère" not in plain(page.content.decode())


def test_moved_late_to_another_operator_the_page_tells_and_asks_for_what_is_kept(
    space: Space, booking: Booking, frozen: Traveller, client: Client
) -> None:
    frozen.move_to(LATE)
    elsewhere = make_space()
    client.force_login(booking.person)
    there = place_text(elsewhere.pk, [NEXT_MORNING], elsewhere.site.zone)

    page = client.post(
        reverse("booking-change", args=[booking.reference]),
        {"instead": there, "people": "1", "note": ""},
    )

    assert page.context["terms"].difference == (400, 0, 400, 0)
    assert "4,00 € sont retenus, car vous y renoncez tard." in plain(page.content.decode())
    assert "Un autre exploitant gère le nouveau site" in plain(page.content.decode())
    assert owes(booking.person) == 800


def test_the_other_operator_s_manager_waives_none_of_what_the_first_one_keeps(
    space: Space, booking: Booking
) -> None:
    elsewhere = make_space()

    moved = move(booking, elsewhere, NEXT_MORNING)
    cancel(booking=moved, by=make_manager(elsewhere.site), now=LATE)

    assert owes(booking.person) == 400
    kept = Charge.objects.of_operator(space.site.operator)
    assert sum(line.amount_cents for line in kept) == 400
    assert all_adds_up()
