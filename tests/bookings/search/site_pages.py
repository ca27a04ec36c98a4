"""A site's page as a visitor gets it, and bookings that take its time."""

from typing import Any

from django.test import Client
from django.urls import reverse

from bookings.actions import book
from bookings.models import Booking
from bookings.wishes import Wish
from sites.intervals import Interval
from sites.models import Site, Space
from tests.factories import NOW, make_user


def page_of(client: Client, site: Site, **query: Any) -> Any:
    return client.get(reverse("site", args=[site.slug]), query)


def book_for(space: Space, times: Interval, **fields: Any) -> Booking:
    person = make_user(**fields)
    return book(wish=Wish(space_id=space.pk, intervals=(times,)), person=person, by=person, now=NOW)


def english_page(client: Client, site: Site, **query: str) -> str:
    address = reverse("site", args=[site.slug])
    text: str = client.get(address, query, headers={"Accept-Language": "en"}).content.decode()
    return " ".join(text.split())
