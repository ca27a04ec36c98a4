"""Nobody books at a price that no page told: of more people it is asked once more."""

import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import Charge
from bookings.models import Booking, Hold
from network.models import User
from sites.models import Space
from tests.billing.tariffs import make_grid
from tests.factories import make_space, make_user
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"


@pytest.fixture
def person(client: Client) -> User:
    lea = make_user("lea@maillage.example", language="en")
    client.force_login(lea)
    return lea


def press(client: Client, space: Space, people: int, shown: int, **fields: str) -> Any:
    sent = {"at": AT, "people": str(people), "shown_people": str(shown), "key": str(uuid.uuid4())}
    return client.post(reverse("book", args=[space.pk]), sent | fields)


def words(page: Any) -> str:
    text = re.sub(r"<[^>]*>", " ", page.content.decode())
    return " ".join(plain(html.unescape(text)).split())


@pytest.mark.usefixtures("person")
def test_for_more_people_than_the_price_was_told_of_it_is_told_first(client: Client) -> None:
    make_grid()
    space = make_space(units=3)

    asked = press(client, space, people=2, shown=1)
    none_yet = Booking.objects.count()
    booked = press(client, space, people=2, shown=2)

    assert "For 2 people: €16.00. Press once more if that is right." in words(asked)
    assert 'name="shown_people" value="2"' in asked.content.decode()
    assert none_yet == 0
    assert booked.status_code == 302
    assert sum(one.amount_cents for one in Charge.objects.all()) == 1600


@pytest.mark.usefixtures("person")
def test_a_room_at_one_price_is_booked_for_however_many_at_once(client: Client) -> None:
    make_grid()
    room = make_space(sold_by=Space.SoldBy.WHOLE, capacity=6)

    assert press(client, room, people=4, shown=1).status_code == 302


@pytest.mark.usefixtures("person")
def test_without_prices_nothing_is_asked_again(client: Client) -> None:
    assert press(client, make_space(units=3), people=2, shown=1).status_code == 302


def test_a_visitor_is_asked_before_anything_is_held(client: Client) -> None:
    make_grid()

    press(client, make_space(units=3), people=2, shown=1, email="new@maillage.example")

    assert Hold.objects.count() == 0


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("shown", ["", "x", "-1", "²"])
def test_odd_words_in_its_place_change_nothing(client: Client, shown: str) -> None:
    make_grid()
    space = make_space(units=3)

    answer = press(client, space, people=2, shown=1, shown_people=shown)

    assert answer.status_code == 302
