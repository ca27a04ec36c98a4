"""Moving late to something cheaper is no way round the late share, by whichever door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from billing.models import Charge
from billing.prices.durations import Duration
from bookings.actions import cancel, change
from bookings.charges.prices import loss_of
from bookings.models import Booking
from bookings.wishes import Wish, place_text
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.api.calls import program_of
from tests.api.quotes import asked
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid, price
from tests.bookings.bookings import book_for
from tests.factories import TUESDAY, at, interval, make_closure, make_manager, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING = interval(FRIDAY, "08:00", "13:00")
NEXT_MORNING = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
LATE = at(FRIDAY, "07:00")


@pytest.fixture
def hall() -> Space:
    grid = make_grid()
    price(grid, Duration.HALF_DAY, 18000, kind="event_hall")
    price(grid, Duration.HOUR, 0, kind="remote_counter")
    return make_space(kind="event_hall")


@pytest.fixture
def counter(hall: Space) -> Space:
    return make_space(hall.site, kind="remote_counter")


@pytest.fixture
def booking(hall: Space) -> Booking:
    return book_for(make_user(), hall, MORNING)


def owes(person: User) -> int:
    return sum(line.amount_cents for line in Charge.objects.of_person(person))


def move(booking: Booking, space: Space, *times: Interval, by: User | None = None) -> Booking:
    wish = Wish(space_id=space.pk, intervals=times)
    return change(booking=booking, wish=wish, by=by or booking.person, now=LATE)


def test_a_hall_moved_to_a_free_counter_and_cancelled_keeps_its_share(
    booking: Booking, counter: Space
) -> None:
    moved = move(booking, counter, MORNING)

    cancel(booking=moved, by=moved.person, now=LATE)

    assert owes(booking.person) == 9000
    assert all_adds_up()


def test_the_api_tells_and_charges_the_share_that_moving_keeps(
    booking: Booking, counter: Space, frozen: Traveller
) -> None:
    frozen.move_to(LATE)
    program, reference = program_of(booking.person), booking.reference

    told = program.post("/quotes", asked(counter, booking=reference)).json()
    changed = program.patch(f"/bookings/{reference}", asked(counter)).json()
    program.post(f"/bookings/{reference}/cancel")

    assert told["more_cents"] == -9000
    assert changed["price"]["total_cents"] == told["total_cents"] == 9000
    assert owes(booking.person) == 9000


def test_the_page_tells_the_share_that_moving_keeps_before_it_is_done(
    booking: Booking, counter: Space, frozen: Traveller, client: Client
) -> None:
    frozen.move_to(LATE)
    client.force_login(booking.person)
    there = place_text(counter.pk, [MORNING], counter.site.zone)

    page = client.post(
        reverse("booking-change", args=[booking.reference]),
        {"instead": there, "people": "1", "note": ""},
    )

    assert page.context["terms"].difference == (-9000, 0, 9000, 0)
    assert owes(booking.person) == 18000


def test_moved_by_who_runs_the_site_nothing_is_kept(booking: Booking, counter: Space) -> None:
    move(booking, counter, MORNING, by=make_manager(counter.site))

    assert owes(booking.person) == 0


def test_off_a_day_on_which_the_site_closed_it_moves_for_nothing_and_as_free_as_before(
    booking: Booking, counter: Space
) -> None:
    make_closure(counter.site, MORNING)

    moved = move(booking, counter, NEXT_MORNING)
    between = owes(booking.person)
    back = move(moved, booking.space, NEXT_MORNING)
    cancel(booking=back, by=back.person, now=LATE)

    assert (between, owes(booking.person)) == (0, 0)
    assert all_adds_up()


def test_what_cancelling_tells_after_something_was_taken_again_is_what_it_keeps(
    booking: Booking, counter: Space
) -> None:
    hall, person = booking.space, booking.person
    moved = move(booking, counter, MORNING)
    again = move(moved, hall, MORNING)

    told = loss_of(again, person, LATE)
    cancel(booking=again, by=person, now=LATE)

    assert (told.back_cents, told.kept_cents) == (18000, 0)
    assert owes(person) == 9000
