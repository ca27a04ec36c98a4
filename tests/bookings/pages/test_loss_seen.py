"""Cancelling gives back and keeps what its page told, or asks once more."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from billing.models import Charge, TariffGrid
from bookings.actions import cancel
from bookings.charges.agreeing import as_agreed
from bookings.charges.prices import loss_of
from bookings.charges.promises import Difference, of_loss
from bookings.models import Booking
from bookings.reminders.links import cancel_token, times_on
from network.models import User
from sites.models import Space
from tests.billing.charging.turns import all_adds_up, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.pages.pressing import agreed_on, words
from tests.factories import NOW, TUESDAY, at, interval, make_manager, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
FRIDAY = TUESDAY + timedelta(days=3)
MORNING, AFTERNOON = interval(FRIDAY, "08:00", "13:00"), interval(FRIDAY, "13:00", "18:00")
NEXT = interval(FRIDAY + timedelta(days=7), "08:00", "13:00")
FREE_UNTIL, LATE = at(FRIDAY - timedelta(days=1), "08:00"), at(FRIDAY, "07:00")
ENGLISH = {"Accept-Language": "en"}
CHANGED = "What this costs you has changed since you opened this page."


@pytest.fixture
def space() -> Space:
    make_grid()
    return make_space(units=3)


@pytest.fixture
def person() -> User:
    return make_user("lea@maillage.example", language="en")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(booking: Booking) -> str:
    return reverse("booking-cancel", args=[booking.reference])


def link_of(booking: Booking) -> str:
    return reverse(
        "booking-cancel-link", args=[cancel_token(booking, FRIDAY, times_on(booking, FRIDAY))]
    )


def look(client: Client, address: str) -> Any:
    return client.get(address, headers=ENGLISH)


def press(client: Client, address: str, agreed: dict[str, str]) -> Any:
    return client.post(address, agreed, headers=ENGLISH)


def owed() -> int:
    return sum(one.amount_cents for one in Charge.objects.all())


def is_active(booking: Booking) -> bool:
    return Booking.objects.active().filter(pk=booking.pk).exists()


doors = pytest.mark.parametrize("address_of", [page_of, link_of], ids=["page", "link of a mail"])
Address = Callable[[Booking], str]


@doors
def test_opened_while_it_was_free_and_pressed_after_it_is_asked_once_more(
    person: User, space: Space, frozen: Traveller, address_of: Address
) -> None:
    booking = book_for(person, space, MORNING)
    address, client = address_of(booking), signed_in(person)
    frozen.move_to(FREE_UNTIL - timedelta(seconds=1))
    page = look(client, address)

    frozen.move_to(FREE_UNTIL)
    asked = press(client, address, agreed_on(page))
    was_active = is_active(booking)
    done = press(client, address, agreed_on(asked))

    assert "€8.00 will no longer be owed." in words(page)
    assert asked.status_code == 409
    assert CHANGED in words(asked)
    assert "€4.00 will no longer be owed. €4.00 is kept, because it is given up late." in words(
        asked
    )
    assert (was_active, is_active(booking)) == (True, False)
    assert done.status_code in (200, 302)
    assert owed() == 400
    assert all_adds_up()


@doors
def test_pressed_in_time_it_is_cancelled_at_once(
    person: User, space: Space, address_of: Address
) -> None:
    booking = book_for(person, space, MORNING)
    address, client = address_of(booking), signed_in(person)

    press(client, address, agreed_on(look(client, address)))

    assert not is_active(booking)
    assert owed() == 0


@doors
def test_who_was_told_worse_is_given_the_better_unasked(
    person: User, space: Space, address_of: Address
) -> None:
    booking = book_for(person, space, MORNING)

    press(signed_in(person), address_of(booking), {"agreed": "-400/0/400/0"})

    assert not is_active(booking)
    assert owed() == 0


@doors
@pytest.mark.parametrize("odd", ["", "x", "-800", "-800/0/0/0/", "--8/0/0/0", "²/0/0/0", "8" * 999])
def test_what_cannot_be_read_agrees_to_nothing(
    person: User, space: Space, address_of: Address, odd: str
) -> None:
    booking = book_for(person, space, MORNING)

    asked = press(signed_in(person), address_of(booking), {"agreed": odd})

    assert asked.status_code == 409
    assert is_active(booking)


@doors
def test_without_prices_it_is_cancelled_whatever_is_sent(person: User, address_of: Address) -> None:
    booking = book_for(person, make_space(), MORNING)

    press(signed_in(person), address_of(booking), {})

    assert not is_active(booking)


def test_a_stranger_cancels_nothing_with_what_its_person_was_told(
    person: User, space: Space
) -> None:
    booking = book_for(person, space, MORNING)
    agreed = agreed_on(look(signed_in(person), page_of(booking)))

    answer = press(signed_in(make_user()), page_of(booking), agreed)

    assert answer.status_code == 404
    assert is_active(booking)


def test_the_site_s_manager_cancels_late_and_nothing_is_kept_as_told(
    person: User, space: Space, frozen: Traveller
) -> None:
    booking = book_for(person, space, MORNING)
    frozen.move_to(LATE)
    client = signed_in(make_manager(space.site))

    press(client, page_of(booking), agreed_on(look(client, page_of(booking))))

    assert not is_active(booking)
    assert owed() == 0


def test_grown_in_another_tab_what_more_is_kept_of_it_is_asked(
    person: User, space: Space, frozen: Traveller
) -> None:
    """What is given back grows too: it is what is kept that nobody agreed to."""
    booking = book_for(person, space, MORNING, NEXT)
    frozen.move_to(LATE)

    asked = press(signed_in(person), page_of(booking), {"agreed": "-800/0/0/0"})

    assert asked.status_code == 409
    assert is_active(booking)


@pytest.mark.parametrize("now", [NOW, FREE_UNTIL, LATE])
@pytest.mark.parametrize("half_days", [0, 1, 2, 10])
@pytest.mark.parametrize("beside", [(), (AFTERNOON,), (AFTERNOON, NEXT)])
def test_what_a_page_tells_of_cancelling_is_what_cancelling_does(
    person: User, space: Space, now: Any, half_days: int, beside: Any
) -> None:
    if half_days:
        make_pass(person, TariffGrid.objects.get(), half_days, NOW + timedelta(days=90))
    booking = book_for(person, space, MORNING)
    for time in beside:
        book_for(person, space, time)

    told = of_loss(loss_of(booking, person, now))
    act = partial(cancel, booking=booking, by=person, now=now)
    as_agreed(booking=booking, agreed=told, now=now, act=act)

    assert told != Difference()
    assert all_adds_up()
