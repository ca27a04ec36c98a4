"""What links and buttons are called: what they do, and to which booking or space."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from bookings.actions import cancel
from bookings.models import Booking
from network.models import User
from sites.intervals import Interval
from sites.models import Space
from tests.bookings.bookings import book_for
from tests.factories import NOW, TUESDAY, interval, make_site, make_space

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DECEMBER = TUESDAY + timedelta(days=7)


def booked(person: User, times: Interval, space: Space | None = None) -> Booking:
    return book_for(person, space or make_space(), times)


def names_to(client: Client, page: str, address: str) -> list[str]:
    """Return what the links of `page` to `address` are called, each blank as one."""
    html = client.get(page, headers={"accept-language": "fr"}).content.decode()
    links = re.findall(r"<a\s([^>]*)>(.*?)</a>", html, re.DOTALL)
    names = []
    for attributes, inside in links:
        if f'href="{address}' in unescape(attributes):
            label = re.search(r'aria-label="([^"]*)"', attributes)
            words = label[1] if label else re.sub(r"<[^>]+>", " ", inside)
            names.append(" ".join(unescape(words).replace("\N{WORD JOINER}", "").split()))
    return names


def test_a_button_of_the_list_says_which_booking_it_changes_or_cancels(
    client: Client, person: User
) -> None:
    address = booked(person, interval(DECEMBER, "08:00", "12:00")).get_absolute_url()

    change = names_to(client, "/bookings/", f"{address}change/")
    cancelled = names_to(client, "/bookings/", f"{address}cancel/")

    assert len(change) == len(cancelled) == 1
    assert re.fullmatch(r"Modifier la réservation du mardi 1\D+ décembre, 8 h – 12 h", change[0])
    assert re.fullmatch(r"Annuler la réservation du mardi 1\D+ décembre, 8 h – 12 h", cancelled[0])


def test_two_bookings_of_one_space_are_told_apart_by_their_links(
    client: Client, person: User
) -> None:
    space = make_space(name="Salle bleue", units=2)
    morning = booked(person, interval(TUESDAY, "08:00", "12:00"), space)
    later = booked(person, interval(TUESDAY, "13:00", "17:00"), space)

    names = [
        names_to(client, "/bookings/", f'{one.get_absolute_url()}"') for one in (morning, later)
    ]

    assert names == [
        ["Salle bleue , mardi 24 novembre, 8 h – 12 h"],
        ["Salle bleue , mardi 24 novembre, 13 h – 17 h"],
    ]


def test_a_booking_to_repeat_says_which_it_was(client: Client, person: User) -> None:
    booking = booked(person, interval(TUESDAY, "08:00", "12:00"))
    cancel(booking=booking, by=person, now=NOW)

    names = names_to(client, "/bookings/", f"/book/{booking.space_id}/")

    told = r"Réserver à nouveau le mardi 1\D+ décembre, comme le mardi 24 novembre, 8 h – 12 h"
    assert len(names) == 1
    assert re.fullmatch(told, names[0])


def test_a_slot_says_its_space_and_its_site(client: Client) -> None:
    space = make_space(make_site("La Fabrique"), name="Salle bleue", units=8)
    page = f"{space.site.get_absolute_url()}?on={TUESDAY}"

    names = names_to(client, page, f"/book/{space.pk}/")

    assert names
    assert all(one.startswith("Salle bleue, La Fabrique, ") for one in names)
