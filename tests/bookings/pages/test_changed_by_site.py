"""What who runs the site made worse costs its person nothing to leave; page and mail say so."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from billing.models import Charge
from bookings.models import Booking
from network.models import User
from tests.billing.charging.turns import all_adds_up
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.pages.pressing import agreed_on, words
from tests.factories import TUESDAY, interval, make_manager, make_space, make_user
from tests.mails import mailbox
from tests.mails import words as words_of_mail
from tests.tasks import RunTasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
ENGLISH = {"Accept-Language": "en"}
FREE = "Free to change or cancel until it starts."
TOLD = "Made dearer or stricter to cancel, it can be cancelled free of charge until it begins."


@pytest.fixture
def lea() -> User:
    return make_user("lea@maillage.example", language="en")


@pytest.fixture
def booking(lea: User) -> Booking:
    make_grid()
    return book_for(lea, make_space(units=6), interval(FRIDAY, "08:00", "18:00"))


def signed_in(person: User) -> Client:
    client = Client(headers=ENGLISH)
    client.force_login(person)
    return client


def change(booking: Booking, by: User, day: date, people: str = "1") -> None:
    """Change a booking on its page, and agree to what that costs."""
    client, address = signed_in(by), reverse("booking-change", args=[booking.reference])
    fields = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-on": day.isoformat(),
        "form-0-starts": "08:00",
        "form-0-ends": "18:00",
        "people": people,
        "note": "",
    }
    asked = client.post(address, fields)
    if asked.status_code == 200:
        asked = client.post(address, dict(asked.context["typed"]) | agreed_on(asked))
    assert asked.status_code == 302


def cancel(booking: Booking, by: User) -> Any:
    client, address = signed_in(by), reverse("booking-cancel", args=[booking.reference])
    return client.post(address, agreed_on(client.get(address)))


def owes(person: User) -> int:
    return sum(one.amount_cents for one in Charge.objects.of_person(person))


def test_what_the_site_moved_to_the_next_day_is_cancelled_free_of_charge(
    booking: Booking, lea: User, run_tasks: RunTasks
) -> None:
    run_tasks()
    mail.outbox.clear()

    change(booking, make_manager(booking.site), TUESDAY)
    run_tasks()
    page = words(signed_in(lea).get(reverse("booking", args=[booking.reference])))
    cancel(booking, lea)

    assert FREE in page
    assert [FREE in words_of_mail(one) for one in mailbox() if one["To"] == lea.email] == [True]
    assert owes(lea) == 0
    assert all_adds_up()


def test_what_its_person_moved_there_is_not(booking: Booking, lea: User) -> None:
    change(booking, lea, TUESDAY)
    cancel(booking, lea)

    assert owes(lea) == 700


def test_what_the_site_made_dearer_is_cancelled_free_of_charge(booking: Booking, lea: User) -> None:
    change(booking, make_manager(booking.site), FRIDAY, people="4")
    assert owes(lea) == 5600

    page = words(signed_in(lea).get(reverse("booking", args=[booking.reference])))

    assert FREE in page


def test_who_runs_the_site_is_told_before(booking: Booking, lea: User) -> None:
    address = reverse("booking-change", args=[booking.reference])

    assert TOLD in words(signed_in(make_manager(booking.site, language="en")).get(address))
    assert TOLD not in words(signed_in(lea).get(address))
