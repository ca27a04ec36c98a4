"""On the page that confirms, who has a pass chooses how to pay."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import Pass
from bookings.actions import cancel
from bookings.models import Booking
from network.models import User
from sites.models import Space
from tests.billing.charging.turns import left, make_pass
from tests.billing.tariffs import make_grid
from tests.bookings.bookings import book_for
from tests.bookings.holds.visiting import AT, held
from tests.bookings.pages.pressing import agreed_on
from tests.factories import NOW, TUESDAY, interval, make_space, make_user
from tests.words import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
UNTIL = NOW + timedelta(days=90)


@pytest.fixture
def ada(client: Client) -> User:
    ada = make_user(language="en")
    client.force_login(ada)
    return ada


@pytest.fixture
def space() -> Space:
    return make_space()


@pytest.fixture
def ten(ada: User, space: Space) -> Pass:
    return make_pass(ada, make_grid(), 4, UNTIL, operator=space.site.operator)


def look(client: Client, space: Space) -> str:
    page = client.get(reverse("book", args=[space.pk]), {"at": AT, "people": "1"})
    return plain(page.content.decode())


def sent_by(client: Client, space: Space) -> dict[str, str]:
    page = client.get(reverse("book", args=[space.pk]), {"at": AT, "people": "1"})
    return {"at": AT, "people": "1", "key": str(uuid.uuid4())} | agreed_on(page)


def press(client: Client, space: Space, **fields: str) -> Any:
    return client.post(reverse("book", args=[space.pk]), sent_by(client, space) | fields)


def chosen_on(page: str) -> str:
    """Return which way to pay a page has chosen."""
    (field,) = re.findall(r'<input type="radio" name="pay_with"[^>]*checked[^>]*>', page)
    return str(re.findall(r'value="(\w+)"', field)[0])


@pytest.mark.usefixtures("ten")
def test_who_has_a_pass_sees_both_ways(client: Client, space: Space) -> None:
    page = look(client, space)

    assert "1 half-day of “Ten”. 3 will be left." in page
    assert "Pay €8.00" in page
    assert "1 half-day of your pass, or €8.00" in page
    for name in ("With your pass", "In money"):
        assert name in page


def test_who_has_none_is_asked_nothing(client: Client, ada: User, space: Space) -> None:
    make_pass(make_user(), make_grid(), 4, UNTIL)

    page = look(client, space)

    assert "pay_with" not in page
    assert ada.passes.count() == 0


@pytest.mark.parametrize(
    ("chosen", "half_days"), [({}, 3), ({"pay_with": "passes"}, 3), ({"pay_with": "money"}, 4)]
)
def test_it_is_paid_as_chosen(
    client: Client, space: Space, ten: Pass, chosen: dict[str, str], half_days: int
) -> None:
    press(client, space, **chosen)

    assert Booking.objects.get().spends_passes == (half_days == 3)
    assert left(ten) == half_days


@pytest.mark.parametrize(
    ("price_cents", "chosen"), [(3204, "money"), (3200, "passes"), (1200, "passes")]
)
def test_money_is_chosen_first_where_it_costs_less_than_the_half_days_did(
    client: Client, ada: User, space: Space, price_cents: int, chosen: str
) -> None:
    four = make_pass(ada, make_grid(), 4, UNTIL, price_cents=price_cents)

    page = look(client, space)

    assert chosen_on(page) == chosen
    why = "In money it costs less: the half-day of your pass cost you €8.01."
    assert (why in page) == (chosen == "money")
    assert left(four) == 4


def test_of_several_half_days_all_are_held_against_the_price(client: Client, ada: User) -> None:
    space = make_space()
    make_pass(ada, make_grid(), 4, UNTIL, price_cents=3000)
    day = AT.replace("T12:00", "T18:00")

    page = plain(client.get(reverse("book", args=[space.pk]), {"at": day}).content.decode())

    assert chosen_on(page) == "money"
    assert "In money it costs less: the half-days of your pass cost you €15.00." in page


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize("chosen", ["money", "passes"])
def test_what_was_chosen_is_not_chosen_over(client: Client, space: Space, chosen: str) -> None:
    page = press(client, space, pay_with=chosen, agreed="", agreed_money="")

    assert page.status_code == 409
    assert chosen_on(page.content.decode()) == chosen


def test_another_word_books_nothing(client: Client, space: Space, ten: Pass) -> None:
    answer = press(client, space, pay_with="shells")

    assert answer.status_code == 422
    assert Booking.objects.count() == 0
    assert left(ten) == 4


def test_sent_again_with_its_key_and_another_choice_it_is_asked_about(
    client: Client, space: Space, ten: Pass
) -> None:
    address, sent = reverse("book", args=[space.pk]), sent_by(client, space)

    for chosen in ("money", "passes"):
        client.post(address, sent | {"pay_with": chosen})

    assert Booking.objects.count() == 1
    assert left(ten) == 4


def test_what_is_refused_comes_back_as_chosen(client: Client, space: Space, ten: Pass) -> None:
    answer = press(client, space, people="9", pay_with="money")

    assert answer.context["form"]["pay_with"].value() == "money"
    assert left(ten) == 4


def test_what_is_held_is_confirmed_as_chosen(client: Client, space: Space) -> None:
    grid, ada = make_grid(), make_user(language="en")
    page = held(client, space, agreed="800/0/0/0")
    ten = make_pass(ada, grid, 4, UNTIL)
    client.force_login(ada)

    shown = client.get(page)
    client.post(page, {"action": "confirm", "pay_with": "money"} | agreed_on(shown))

    assert chosen_on(shown.content.decode()) == "money"
    assert "cost you €15.00" in shown.content.decode()
    assert Booking.objects.get().spends_passes is False
    assert left(ten) == 4


def test_the_list_of_bookings_tells_what_each_takes(
    client: Client, ada: User, space: Space, ten: Pass
) -> None:
    friday = TUESDAY + timedelta(days=3)
    book_for(ada, space, interval(friday, "08:00", "13:00"))
    in_money = interval(friday + timedelta(days=3), "08:00", "18:00")
    book_for(ada, space, in_money, spends_passes=False)
    lost = book_for(ada, space, interval(friday + timedelta(days=4), "08:00", "13:00"))
    cancel(booking=lost, by=ada, now=NOW)

    rows = plain(client.get(reverse("bookings")).content.decode()).split("<article")[1:]

    assert "<span>1 half-day of your pass</span>" in rows[0]
    assert "<span>€14.00</span>" in rows[1]
    assert "half-day of your pass</span>" not in rows[2]
    assert left(ten) == 3
