"""Who has such a place on the day searched reads so above the results."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from bookings.search.held import held_on
from sites.models import Space
from tests.bookings.bookings import book_for, booked
from tests.factories import MONDAY, NOW, TUESDAY, interval, make_space, make_user
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def search(client: Client, **query: Any) -> str:
    page = client.get(reverse("search"), {"on": TUESDAY.isoformat(), "kind": "desk"} | query)
    return plain(page.content.decode())


def test_a_booking_of_that_day_and_kind_is_told_with_its_hours_and_a_link(client: Client) -> None:
    booking = booked(make_space(units=2))
    client.force_login(booking.person)

    page = search(client)

    told = "Vous avez déjà une réservation de ce type mardi 24 novembre, 9 h – 12 h"
    assert told in page
    assert booking.get_absolute_url() in page


@pytest.mark.parametrize("query", [{"on": MONDAY.isoformat()}, {"kind": "meeting_room"}])
def test_another_day_or_kind_says_nothing(client: Client, query: dict[str, str]) -> None:
    client.force_login(booked(make_space(units=2)).person)

    assert "Vous avez déjà" not in search(client, **query)


def test_nobody_reads_of_what_another_person_has(client: Client) -> None:
    booked(make_space(units=2))
    client.force_login(make_user())

    assert "Vous avez déjà" not in search(client)


def test_it_is_one_query_and_none_for_a_visitor(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = make_user()
    space = make_space(units=2)
    for hours in (("08:00", "09:00"), ("10:00", "12:00"), ("14:00", "16:00"), ("17:00", "18:00")):
        book_for(person, space, interval(TUESDAY, *hours))

    with django_assert_num_queries(1):
        held = held_on(person, Space.Kind.DESK, [TUESDAY], NOW)
        assert [one.booking.site.slug for one in held] == [space.site.slug] * 3
    visitor = client.get(reverse("home")).wsgi_request.user
    with django_assert_num_queries(0):
        assert held_on(visitor, Space.Kind.DESK, [TUESDAY], NOW) == []
