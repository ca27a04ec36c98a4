"""How a booking is paid is told alike before, on its page and in its mail; so is what came back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from billing.models import TariffGrid
from bookings.models import Booking
from bookings.templatetags.slots import book_url
from network.models import User
from sites.models import Space
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.pages.pressing import agreed_on, words
from tests.factories import NOW, PARIS, TUESDAY, interval, make_manager, make_space, make_user
from tests.tasks import RunTasks
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING = interval(FRIDAY, "08:00", "13:00")
ON_ACCOUNT = "On account. You pay nothing now, it will stand on your statement of the month."
LEFT = "9 half-days are left of “Ten”."


@pytest.fixture
def person(client: Client) -> User:
    user = make_user(language="en")
    client.force_login(user)
    return user


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space()


def page_of(client: Client, booking: Booking, name: str = "booking") -> str:
    return words(client.get(reverse(name, args=[booking.reference])))


def test_on_account_is_said_before_after_and_in_the_mail(
    client: Client,
    person: User,
    space: Space,
    run_tasks: RunTasks,
    mailoutbox: list[EmailMessage],
) -> None:
    before = words(client.get(book_url(space.pk, [MORNING], PARIS)))
    after = page_of(client, book_for(person, space, MORNING))
    run_tasks()

    (mail,) = mailoutbox
    assert ON_ACCOUNT in before
    assert f"Payment {ON_ACCOUNT}" in after
    assert f"Payment: {ON_ACCOUNT}" in plain(str(mail.body))


def test_the_pass_and_what_is_left_of_it_is_said_on_the_page(
    client: Client, person: User, space: Space
) -> None:
    make_pass(person, TariffGrid.objects.get(), 10, NOW + timedelta(days=90))

    page = page_of(client, book_for(person, space, MORNING))

    assert "Nothing to pay 1 half-day of “Ten”. Free to cancel" in page
    assert f"Payment {LEFT}" in page
    assert ON_ACCOUNT not in page


def test_who_runs_the_site_is_told_the_price_and_not_how_the_person_pays(
    client: Client, space: Space
) -> None:
    booking = book_for(make_user(), space, MORNING)
    client.force_login(make_manager(space.site, language="en"))

    page = page_of(client, booking)

    assert "Price €8.00" in page
    assert "On account" not in page


def test_what_was_cancelled_in_time_keeps_on_record_what_came_back(
    client: Client, person: User, space: Space
) -> None:
    booking = book_for(person, space, MORNING)
    asked = client.get(reverse("booking-cancel", args=[booking.reference]))

    done = client.post(asked.request["PATH_INFO"], agreed_on(asked), follow=True)

    said = "€8.00 is no longer owed. Nothing is kept."
    assert f"The place is free for others. {said}" in words(done)
    assert f"Price Nothing to pay {said}" in page_of(client, booking)


def test_what_was_cancelled_late_says_at_the_press_what_is_kept(
    client: Client, person: User, space: Space, frozen: Any
) -> None:
    booking = book_for(person, space, MORNING)
    frozen.move_to(MORNING.starts_at - timedelta(hours=1))
    asked = client.get(reverse("booking-cancel", args=[booking.reference]))

    done = client.post(asked.request["PATH_INFO"], agreed_on(asked), follow=True)

    said = "€4.00 is no longer owed. €4.00 is kept, because it is given up late."
    assert said in words(done)
