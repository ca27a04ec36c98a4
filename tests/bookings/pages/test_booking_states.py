"""What the page of a booking says is true at each moment of it: booked, changed, running, over."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from bookings.actions import cancel, change, give_back
from bookings.models import Booking
from bookings.wishes import Wish
from network.models import User
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.factories import (
    NOW,
    TUESDAY,
    at,
    interval,
    make_closure,
    make_manager,
    make_space,
    reads_english,
)
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MORNING = interval(TUESDAY, "08:00", "12:00")
NEXT_DAY = interval(TUESDAY + timedelta(days=1), "08:00", "12:00")
AFTERNOON = interval(TUESDAY, "13:00", "18:00")


@pytest.fixture
def booking(person: User) -> Booking:
    return book_for(reads_english(person), make_space(), MORNING, NEXT_DAY)


def told(client: Client, booking: Booking, page: str = "booking") -> str:
    answer: Any = client.get(reverse(page, args=[booking.reference]))
    return plain(answer.content.decode())


def test_a_confirmation_is_on_its_way_and_then_was_sent(
    client: Client, booking: Booking, run_tasks: RunTasks
) -> None:
    before = told(client, booking)
    run_tasks()
    after = told(client, booking)

    email = booking.person.email
    assert "<h1>Your place is booked</h1>" in before
    assert f"The confirmation is on its way to {email}." in before
    assert f"The confirmation was sent to {email}." in after


def test_after_a_change_it_is_no_confirmation_that_is_sent(
    client: Client, booking: Booking, run_tasks: RunTasks
) -> None:
    run_tasks()
    wish = Wish(space_id=booking.space_id, intervals=(interval(TUESDAY, "14:00", "16:00"),))
    change(booking=booking, wish=wish, by=booking.person, now=NOW)

    before = told(client, booking)
    run_tasks()
    after = told(client, booking)

    assert "<h1>Your booking is up to date</h1>" in before
    assert f"What has changed is on its way to {booking.person.email}." in before
    assert f"What has changed was sent to {booking.person.email}." in after
    assert "confirmation" not in before + after


def test_what_was_given_back_is_said_to_be(client: Client, booking: Booking) -> None:
    give_back(booking=booking, by=booking.person, now=NOW, times=[NEXT_DAY])

    page = told(client, booking)

    assert "<h1>Your booking, without what you gave back</h1>" in page
    assert "What has changed is on its way" in page


def test_while_it_runs_it_says_until_when_and_between_its_days_when_it_resumes(
    client: Client, booking: Booking, frozen: Any
) -> None:
    frozen.move_to(at(TUESDAY, "09:00"))
    running = told(client, booking)
    frozen.move_to(at(TUESDAY, "12:00"))
    between = told(client, booking)

    assert "<h1>In progress until 12:00</h1>" in running
    assert "confirmation" not in running
    assert "<h1>Your booking resumes on Wednesday 25 November at 8:00</h1>" in between


def test_the_rest_given_back_of_what_runs_says_until_when_it_still_does(
    client: Client, booking: Booking, frozen: Any
) -> None:
    frozen.move_to(at(TUESDAY, "09:50"))
    give_back(booking=booking, by=booking.person, now=at(TUESDAY, "09:50"))

    page = told(client, booking)

    assert "<h1>In progress until 10:00</h1>" in page
    assert "What has changed is on its way" in page


def test_once_over_or_cancelled_nothing_is_said_to_be_confirmed(
    client: Client, booking: Booking, frozen: Any
) -> None:
    cancelled = book_for(booking.person, booking.space, interval(TUESDAY, "14:00", "16:00"))
    cancel(booking=cancelled, by=cancelled.person, now=NOW)

    called_off = told(client, cancelled)
    frozen.move_to(NEXT_DAY.ends_at)
    over = told(client, booking)

    assert "<h1>This booking is cancelled</h1>" in called_off
    assert "Nothing is booked for you then any more" in called_off
    assert "<h1>A past booking</h1>" in over
    assert "onfirmation" not in called_off + over


def test_nobody_else_reads_the_persons_address(client: Client, booking: Booking) -> None:
    client.force_login(make_manager(booking.site))

    assert booking.person.email not in told(client, booking)


@pytest.mark.parametrize("page", ["booking-change", "booking-cancel"])
def test_what_can_no_longer_be_done_says_which_reason_holds(
    client: Client, booking: Booking, frozen: Any, page: str
) -> None:
    cancelled = book_for(booking.person, booking.space, interval(TUESDAY, "14:00", "16:00"))
    cancel(booking=cancelled, by=cancelled.person, now=NOW)

    called_off = told(client, cancelled, page)
    frozen.move_to(MORNING.starts_at)
    begun = told(client, booking, page)
    frozen.move_to(NEXT_DAY.ends_at)
    over = told(client, booking, page)

    assert "This booking is cancelled." in called_off
    assert "This booking has begun: it can no longer be changed or cancelled." in begun
    assert "Give back the time left" in begun
    assert "This booking is over." in over
    assert all("Back to the booking" in one for one in (called_off, begun, over))


def test_every_button_that_books_again_says_for_when(client: Client, booking: Booking) -> None:
    cancelled = book_for(booking.person, booking.space, interval(TUESDAY, "14:00", "16:00"))
    cancel(booking=cancelled, by=cancelled.person, now=NOW)
    whole = book_for(booking.person, booking.space, *later(MORNING, NEXT_DAY))
    cancel(booking=whole, by=booking.person, now=NOW)

    page = told(client, cancelled)
    listed = plain(client.get(reverse("bookings")).content.decode())

    assert "Book again on Tuesday 1 December" in page
    assert "Book again on Tuesday 1 December" in listed
    assert "Book again from Tuesday 8 December on" in listed


def later(*times: Any) -> list[Any]:
    week = timedelta(days=7)
    return [type(one)(one.starts_at + week, one.ends_at + week) for one in times]


class TestClosed:
    """The site was closed on one of its days, or on both."""

    AFTER_BOTH = NEXT_DAY.ends_at + timedelta(hours=1)

    def test_before_it_begins_the_page_says_that_cancelling_is_free(
        self, client: Client, person: User
    ) -> None:
        make_grid()
        booking = book_for(reads_english(person), make_space(), AFTERNOON)
        make_closure(booking.site, AFTERNOON)

        page = told(client, booking)

        assert "The site is closed then: cancelling is free" in page
        assert "is kept" not in page

    def test_once_it_is_over_it_is_cancelled_from_its_page(
        self, client: Client, booking: Booking, frozen: Traveller
    ) -> None:
        for one in (MORNING, NEXT_DAY):
            make_closure(booking.site, one)
        frozen.move_to(self.AFTER_BOTH)

        page = told(client, booking)
        answer = client.post(reverse("booking-cancel", args=[booking.reference]))

        booking.refresh_from_db()
        assert "Because of a closure, cancelling is free." in page
        assert reverse("booking-cancel", args=[booking.reference]) in page
        assert (answer.status_code, booking.status) == (302, "cancelled")
        assert "The booking is cancelled. The place" not in told(client, booking)

    def test_its_closed_day_is_given_back_from_its_page(
        self, client: Client, booking: Booking, frozen: Traveller
    ) -> None:
        make_closure(booking.site, MORNING)
        frozen.move_to(self.AFTER_BOTH)
        url = f"{reverse('booking-give-back', args=[booking.reference])}?drop=impossible"

        page, offered = told(client, booking), client.get(url)
        field = offered.context["form"]["times"]
        answer = client.post(url, {"times": field.value()})

        assert "Because of a closure, giving back a part of this booking is free." in page
        assert url in page
        assert "<h1>Give back closed times</h1>" in plain(offered.content.decode())
        assert [plain(str(words)) for _value, words in field.field.choices] == [
            "Tuesday 24 November, 8:00 – 12:00 (closed)"
        ]
        assert answer.status_code == 302
        assert [one.interval for one in booking.allocations.confirmed()] == [NEXT_DAY]

    def test_what_was_open_stays(self, client: Client, booking: Booking, frozen: Traveller) -> None:
        frozen.move_to(self.AFTER_BOTH)

        page = told(client, booking)
        answer = client.post(reverse("booking-cancel", args=[booking.reference]))

        booking.refresh_from_db()
        assert "closure" not in page
        assert (answer.status_code, booking.status) == (409, "confirmed")
