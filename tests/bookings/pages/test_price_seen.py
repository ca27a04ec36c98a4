"""Nobody books at a price that no page told: what costs more by the press is asked once more."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from billing.models import Charge, TariffGrid
from billing.prices.durations import Duration
from bookings.models import Booking, Hold
from network.models import User
from sites.models import Space
from tests.billing.charging.turns import all_adds_up, left, make_pass
from tests.billing.tariffs import local_price, make_grid
from tests.bookings.holds.visiting import ADA, type_code
from tests.bookings.pages.pressing import agreed_on, words
from tests.factories import NOW, TUESDAY, at, make_space, make_user
from tests.network.people import code_in, mails, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
AT = "2026-11-24T08:00+01:00/2026-11-24T12:00+01:00"
NEXT_DAY = "2026-11-25T08:00+01:00/2026-11-25T12:00+01:00"
ENGLISH = {"Accept-Language": "en"}
ODD = ["", "x", "800", "800/0/0/0/0", "8.0/0/0/0", "²/0/0/0", "-", "9" * 999]


@pytest.fixture
def grid() -> TariffGrid:
    return make_grid()


@pytest.fixture
def person(client: Client) -> User:
    lea = make_user("lea@maillage.example", language="en")
    client.force_login(lea)
    return lea


def look(client: Client, space: Space, at: str = AT) -> Any:
    return client.get(reverse("book", args=[space.pk]), {"at": at}, headers=ENGLISH)


def press(client: Client, page: Any, **fields: str) -> Any:
    """Press the button of a check page, with what was typed in it."""
    sent = {"at": page.context["at"], "people": "1", "key": str(uuid.uuid4())}
    address = page.request["PATH_INFO"]
    return client.post(address, sent | agreed_on(page) | fields, headers=ENGLISH)


def owed() -> int:
    return sum(one.amount_cents for one in Charge.objects.all())


@pytest.mark.usefixtures("person", "grid")
def test_for_more_people_than_the_price_was_told_of_it_is_told_first(client: Client) -> None:
    page = look(client, make_space(units=3))

    asked = press(client, page, people="2")
    none_yet = Booking.objects.count()
    booked = press(client, asked, people="2")

    assert asked.status_code == 409
    assert "This costs €16.00 now, other than this page told you." in words(asked)
    assert none_yet == 0
    assert booked.status_code == 302
    assert owed() == 1600


@pytest.mark.usefixtures("person", "grid")
def test_a_room_at_one_price_is_booked_for_however_many_at_once(client: Client) -> None:
    room = make_space(sold_by=Space.SoldBy.WHOLE, capacity=6)

    assert press(client, look(client, room), people="4").status_code == 302


@pytest.mark.usefixtures("grid")
def test_the_last_half_day_spent_in_another_tab_is_told_before_money_is_owed(
    client: Client, person: User, grid: TariffGrid
) -> None:
    space = make_space()
    one = make_pass(person, grid, 1, NOW + timedelta(days=90))
    tabs = look(client, space), look(client, space, NEXT_DAY)

    first = press(client, tabs[0])
    asked = press(client, tabs[1], note="By the window")
    owed_before = owed()
    booked = press(client, asked, note="By the window")

    assert (first.status_code, asked.status_code, booked.status_code) == (302, 409, 302)
    assert "This costs €8.00 now, other than this page told you." in words(asked)
    assert "By the window" in asked.content.decode()
    assert (left(one), owed_before, owed()) == (0, 0, 800)
    assert all_adds_up()


def test_more_of_a_pass_than_was_told_is_asked_too(
    client: Client, person: User, grid: TariffGrid
) -> None:
    space = make_space(units=3)
    make_pass(person, grid, 4, NOW + timedelta(days=90))
    page = look(client, space)

    asked = press(client, page, people="2")

    assert "This costs 2 half-days of your pass now, other than this page told you." in words(asked)
    assert Booking.objects.count() == 0


@pytest.mark.usefixtures("person", "grid")
@pytest.mark.parametrize(("cents", "status"), [(801, 409), (800, 302), (799, 302)])
def test_a_price_set_meanwhile_is_asked_where_it_is_dearer_and_taken_where_not(
    client: Client, cents: int, status: int
) -> None:
    space = make_space()
    page = look(client, space)
    local_price(space.site, Duration.HALF_DAY, cents)

    answer = press(client, page)

    assert answer.status_code == status
    assert owed() == (0 if status == 409 else cents)


@pytest.mark.usefixtures("person")
def test_a_price_set_where_there_was_none_is_told_first(client: Client) -> None:
    page = look(client, make_space())
    make_grid()

    asked = press(client, page)

    assert "This costs €8.00. Press once more if that is right." in words(asked)
    assert Booking.objects.count() == 0


@pytest.mark.usefixtures("person", "grid")
@pytest.mark.parametrize("odd", ODD)
def test_what_cannot_be_read_tells_nothing_so_it_is_asked_once_more(
    client: Client, odd: str
) -> None:
    page = look(client, make_space())

    asked = press(client, page, agreed=odd)
    booked = press(client, asked)

    assert (asked.status_code, booked.status_code) == (409, 302)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("prices", [None, dict.fromkeys(Duration, 0)], ids=["no grid", "free"])
def test_what_costs_nothing_is_booked_whatever_is_sent(
    client: Client, odd: str, prices: dict[Duration, int] | None
) -> None:
    if prices:
        make_grid(prices)

    assert press(client, look(client, make_space()), agreed=odd).status_code == 302


@pytest.mark.usefixtures("person")
def test_what_somebody_else_was_told_agrees_to_nothing_for_who_has_no_pass(
    client: Client, grid: TariffGrid
) -> None:
    other, elsewhere, space = make_user(ADA, language="en"), Client(), make_space()
    make_pass(other, grid, 10, NOW + timedelta(days=90))
    elsewhere.force_login(other)

    asked = press(client, look(client, space), **agreed_on(look(elsewhere, space)))

    assert asked.status_code == 409
    assert Charge.objects.count() == 0


@pytest.mark.usefixtures("person", "grid")
def test_sent_twice_it_is_booked_once_though_it_has_become_dearer(client: Client) -> None:
    space, key = make_space(), str(uuid.uuid4())
    page = look(client, space)

    first = press(client, page, key=key)
    local_price(space.site, Duration.HALF_DAY, 900)
    again = press(client, page, key=key)

    assert again["Location"] == first["Location"]
    assert owed() == 800


@pytest.mark.usefixtures("person", "grid")
def test_beside_what_was_booked_meanwhile_it_costs_less_and_is_taken(client: Client) -> None:
    space = make_space()
    afternoon = look(client, space, "2026-11-24T13:00+01:00/2026-11-24T18:00+01:00")

    press(client, look(client, space))
    booked = press(client, afternoon)

    assert booked.status_code == 302
    assert owed() == 1400


@pytest.mark.usefixtures("person", "grid")
def test_a_wish_that_was_refused_is_told_its_price_once_it_is_mended(client: Client) -> None:
    refused = press(client, look(client, make_space(units=2)), people="3")

    asked = press(client, refused, people="2")

    assert "This costs €16.00. Press once more if that is right." in words(asked)
    assert press(client, asked, people="2").status_code == 302


class TestOfAVisitor:
    @pytest.mark.usefixtures("grid")
    def test_more_people_are_told_before_anything_is_held(self, client: Client) -> None:
        page = look(client, make_space(units=3))

        asked = press(client, page, people="2", email="new@maillage.example")

        assert asked.status_code == 409
        assert Hold.objects.count() == 0
        assert list(mails()) == []

    @pytest.mark.usefixtures("grid")
    def test_a_price_set_meanwhile_is_told_before_anything_is_held(self, client: Client) -> None:
        space = make_space()
        page = look(client, space)
        local_price(space.site, Duration.HALF_DAY, 900)

        asked = press(client, page, email=ADA)
        held = press(client, asked, email=ADA)

        assert "This costs €9.00 now, other than this page told you." in words(asked)
        assert held["Location"].startswith("/hold/")

    @pytest.mark.usefixtures("grid")
    def test_a_price_set_while_it_is_held_is_told_to_who_typed_the_code(
        self, client: Client
    ) -> None:
        space = make_space()
        place = press(client, look(client, space), email=ADA)["Location"]
        page = client.get(place, headers=ENGLISH)
        local_price(space.site, Duration.HALF_DAY, 900)

        code = {"code": code_in(mails()[-1])}
        asked = client.post(place, code | agreed_on(page), headers=ENGLISH)
        none_yet = Booking.objects.count()
        booked = client.post(place, {"action": "confirm"} | agreed_on(asked))

        assert asked.status_code == 409
        assert "This costs €9.00 now, other than this page told you." in words(asked)
        assert none_yet == 0
        assert booked["Location"].startswith("/bookings/")
        assert owed() == 900

    def test_whose_account_turns_out_to_have_a_pass_is_asked_before_it_is_spent(
        self, client: Client, grid: TariffGrid
    ) -> None:
        """Their page told them cents: a half-day may be worth more to them."""
        space = make_space()
        ten = make_pass(make_member(ADA), grid, 10, NOW + timedelta(days=90))
        place = press(client, look(client, space), email=ADA)["Location"]
        page = client.get(place)

        code = {"code": code_in(mails()[-1])}
        asked = client.post(place, code | agreed_on(page))
        kept = (Booking.objects.count(), left(ten))
        booked = client.post(place, {"action": "confirm"} | agreed_on(asked))

        assert (asked.status_code, kept) == (409, (0, 10))
        assert "1 demi-journée" in words(asked).replace("\xa0", " ")
        assert booked["Location"].startswith("/bookings/")
        assert (left(ten), owed()) == (9, 0)

    @pytest.mark.usefixtures("grid")
    def test_a_code_without_a_price_is_asked_once_more(self, client: Client) -> None:
        place = press(client, look(client, make_space()), email=ADA)["Location"]

        asked = type_code(client, place)

        assert asked.status_code == 409
        assert Booking.objects.count() == 0


@pytest.mark.parametrize(("cents", "status", "owed"), [(1600, 409, []), (400, 302, [400])])
def test_held_past_midnight_what_a_cheaper_grid_costs_is_taken_and_a_dearer_one_asked(
    client: Client, frozen: Traveller, cents: int, status: int, owed: list[int]
) -> None:
    make_grid(from_day=date(2026, 11, 1))
    make_grid({Duration.HALF_DAY: cents}, from_day=TUESDAY)
    space = make_space()
    frozen.move_to(at(TUESDAY, "00:00") - timedelta(minutes=2))
    page = press(client, look(client, space), email=ADA)["Location"]
    told = agreed_on(client.get(page))
    frozen.move_to(at(TUESDAY, "00:01"))

    answer = client.post(page, {"code": code_in(mails()[-1])} | told)

    assert answer.status_code == status
    assert [one.amount_cents for one in Charge.objects.all()] == owed
