"""A week's other bookings cost something else once one is cancelled or changed: they are told."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import translation

from billing.templatetags.prices import price_reasons
from bookings.actions import cancel, change
from bookings.charges.prices import loss_of, price_of
from bookings.charges.repriced import repriced_with
from bookings.messages.repriced import repriced_words
from bookings.models import Booking
from bookings.wishes import Wish
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.charges.test_week_charged import NEXT_MONDAY, WEEK, book_week
from tests.bookings.pages.pressing import words
from tests.factories import NOW, interval, make_space, make_user
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


def told_of(booking: Booking) -> list[str]:
    with translation.override("en"):
        return [repriced_words(one) for one in repriced_with(booking)]


def reasons_of(booking: Booking) -> list[str]:
    price = price_of(booking, SOON)
    assert price
    with translation.override("en"):
        return price_reasons(price)


def cancelled(booking: Booking) -> Booking:
    return cancel(booking=booking, by=booking.person, now=SOON)


def test_whose_day_of_a_week_is_cancelled_is_told_what_the_others_cost_then() -> None:
    make_grid()
    person = make_user(language="en")
    bookings = book_week(person, make_space())
    loss = loss_of(bookings[0], person, SOON)

    gone = cancelled(bookings[0])

    fourth, fifth = bookings[3:]
    assert told_of(gone) == [
        f"Your booking of Thursday 3 December ({fourth.reference}) now costs €14.00 instead of"
        " €8.00.",
        f"Your booking of Friday 4 December ({fifth.reference}) now costs €8.00 instead of €0.00.",
    ]
    assert loss.others_cents == 600 + 800


def test_the_other_booking_tells_what_it_cost_until_then() -> None:
    make_grid()
    bookings = book_week(make_user(), make_space())
    before = reasons_of(bookings[3])

    cancelled(bookings[0])

    assert before == ["€6.00 less, together with your other bookings of the week."]
    assert reasons_of(bookings[3]) == [
        "It cost €8.00 until another booking of the same week changed."
    ]
    assert reasons_of(bookings[1]) == []


def test_once_it_is_changed_itself_it_tells_nothing_of_before() -> None:
    make_grid()
    person, space = make_user(), make_space()
    bookings = book_week(person, space)
    cancelled(bookings[0])
    hours = interval(WEEK[3].starts_at.date(), "08:00", "12:00")
    morning = Wish(space_id=space.pk, intervals=(hours,))

    change(booking=bookings[3], wish=morning, by=person, now=SOON + timedelta(minutes=1))

    assert not any("until another" in one for one in reasons_of(bookings[3]))


def test_a_day_moved_to_another_week_tells_the_same() -> None:
    make_grid()
    person, space = make_user(language="en"), make_space()
    bookings = book_week(person, space)
    later = Wish(space_id=space.pk, intervals=(NEXT_MONDAY,))

    moved = change(booking=bookings[0], wish=later, by=person, now=SOON)

    assert [one.partition(") ")[2] for one in told_of(moved)] == [
        "now costs €14.00 instead of €8.00.",
        "now costs €8.00 instead of €0.00.",
    ]


def test_a_half_day_of_a_pass_that_another_booking_takes_over_is_told() -> None:
    grid, person, space = make_grid(), make_user(language="en"), make_space()
    make_pass(person, grid, 10, NOW + timedelta(days=90))
    day = WEEK[0].starts_at.date()
    first = book_for(person, space, interval(day, "08:00", "10:00"))
    second = book_for(person, space, interval(day, "10:00", "12:00"))

    gone = cancelled(first)

    assert told_of(gone) == [
        f"Your booking of Monday 30 November ({second.reference}) now costs"
        " 1 half-day of your pass instead of €0.00."
    ]


def test_nobody_else_and_no_other_week_is_told_of() -> None:
    make_grid()
    person, space = make_user(), make_space(units=2)
    mine = book_for(person, space, WEEK[0])
    book_week(make_user(), space)

    assert told_of(cancelled(mine)) == []


@pytest.mark.usefixtures("frozen")
def test_the_mail_and_the_page_of_what_was_cancelled_lead_to_the_others(
    client: Client, run_tasks: RunTasks, mailoutbox: list[EmailMessage]
) -> None:
    make_grid()
    person = make_user(language="en")
    bookings = book_week(person, make_space())
    run_tasks()
    mailoutbox.clear()
    client.force_login(person)

    gone = cancelled(bookings[0])
    run_tasks()

    (mail,) = mailoutbox
    said = "now costs €14.00 instead of €8.00."
    page = words(client.get(gone.get_absolute_url()))
    assert said in plain(str(mail.body))
    assert f"{reverse('booking', args=[bookings[3].reference])}\n" in str(mail.body)
    assert said in page
    assert said not in words(client.get(bookings[1].get_absolute_url()))
