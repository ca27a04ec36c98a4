"""What a booking costs now, and what it would cost where it could go instead."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.prices.durations import Duration
from bookings.models import Booking
from network.models import User
from tests.billing.charging.turns import make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.pages.pressing import words
from tests.bookings.pages.test_change_moves import HOUR, THURSDAY, offered, page_of
from tests.factories import NOW, TUESDAY, interval, make_commune, make_site, make_space, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def person(client: Client) -> User:
    user = make_user(language="en")
    client.force_login(user)
    return user


def test_the_page_says_what_it_costs_now_and_who_pays(client: Client, person: User) -> None:
    make_grid()
    booking = book_for(person, make_space(), HOUR)

    page = words(client.get(reverse("booking-change", args=[booking.reference])))

    assert "Price now €3.00 On account. You pay nothing now" in page
    assert "Moved, it keeps the earlier of both time limits for cancelling free of charge." in page


def test_each_place_to_move_to_tells_its_price(client: Client, person: User) -> None:
    make_grid()
    site = make_site(commune=make_commune("Villé"))
    booking = book_for(person, make_space(site), HOUR)
    make_space(make_site("Le Relais", slug="le-relais", commune=site.commune))

    page = page_of(client, booking, ("2026-11-24", "20:00", "21:00"))
    prices = re.findall(r"<b>([^<]*)</b>", page)

    assert prices == ["€3"] * len(offered(page))
    assert prices


def test_a_booking_that_a_pass_covers_is_told_as_included_where_its_half_day_goes_along(
    client: Client, person: User
) -> None:
    grid, space = make_grid(), make_space()
    make_pass(person, grid, 1, NOW + timedelta(days=90))
    booking = book_for(person, space, HOUR)

    page = page_of(client, booking, ("2026-11-24", "20:00", "21:00"))

    assert set(re.findall(r"<b>([^<]*)</b>", page)) == {"included"}


def test_a_booking_paid_in_money_is_told_in_money_whatever_passes_there_are(
    client: Client, person: User
) -> None:
    grid = make_grid()
    booking = book_for(person, make_space(), HOUR)
    Booking.objects.update(spends_passes=False)
    make_pass(person, grid, 10, NOW + timedelta(days=90))

    page = page_of(client, booking, ("2026-11-24", "20:00", "21:00"))

    assert set(re.findall(r"<b>([^<]*)</b>", page)) == {"€3"}


def test_what_was_booked_by_an_older_grid_is_told_by_it(
    client: Client, person: User, frozen: Any
) -> None:
    make_grid()
    booking = book_for(person, make_space(), interval(THURSDAY, "09:00", "10:00"))
    make_grid({Duration.HOUR: 900}, from_day=TUESDAY)
    frozen.move_to(interval(TUESDAY, "09:00", "10:00").starts_at)

    page = page_of(client, booking, ("2026-11-26", "20:00", "21:00"))

    assert set(re.findall(r"<b>([^<]*)</b>", page)) == {"€3"}
