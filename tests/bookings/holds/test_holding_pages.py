"""From a slot to a booking for who has yet to say who they are, without script."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from bookings.actions import book
from bookings.models import Booking, Hold
from bookings.wishes import Wish
from network.models import User
from sites.models import Space
from tests.bookings.holds.visiting import (
    ADA,
    AT,
    LEA,
    MORNING,
    NOTE,
    held,
    press,
    text_of,
    type_code,
)
from tests.factories import NOW, make_site, make_space
from tests.network.accounts.test_totp import code_now, turn_on
from tests.network.people import code_in, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def csrf_in(answer: Any) -> str:
    return str(answer.context["csrf_token"])


def test_an_address_and_a_code_book_what_was_chosen(client: Client) -> None:
    space = make_space(make_site("La Fabrique"), name="Grande salle")

    page = held(client, space)
    shown = text_of(client.get(page))
    booked = type_code(client, page)

    booking = Booking.objects.get()
    assert booked["Location"] == booking.get_absolute_url()
    assert (booking.person.email, booking.note) == (LEA, NOTE)
    assert [one.interval for one in booking.allocations.all()] == [MORNING]
    for words in ("Gardé pour vous jusqu’à 10", "encore 15 minutes", "Grande salle", LEA):
        assert words in shown
    assert client.get(booked["Location"]).status_code == 200


def test_meanwhile_it_is_nobody_elses(client: Client) -> None:
    space = make_space()
    held(client, space)

    other = press(Client(REMOTE_ADDR="192.0.2.7"), space, "eve@maillage.example")

    assert other.status_code == 409
    assert "email" in other.context["form"].fields
    assert Hold.objects.count() == 1


def test_who_has_an_account_gets_it_by_the_same_code(client: Client) -> None:
    ada, page = make_member(ADA), held(client, make_space(), ADA)

    type_code(client, page)

    assert Booking.objects.get().person == ada
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["", "lea", "lea@maillage", "x" * 300, "l\u0435a@maillage.example"]
)
def test_without_an_address_nothing_is_held_and_nothing_typed_is_lost(
    client: Client, email: str
) -> None:
    answer = press(client, make_space(), email)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"email"}
    assert NOTE in text_of(answer)
    assert (Hold.objects.count(), len(mails())) == (0, 0)


def test_pressing_twice_holds_once_and_sends_one_code(client: Client) -> None:
    space, key = make_space(units=5), str(uuid4())

    first, second = (press(client, space, key=key) for _press in range(2))

    assert first["Location"] == second["Location"]
    assert (Hold.objects.count(), len(mails())) == (1, 1)


def test_the_session_that_held_is_worth_nothing_once_the_code_confirmed(client: Client) -> None:
    page = held(client, make_space())
    planted = client.cookies["sessionid"].value
    type_code(client, page)

    attacker = Client()
    attacker.cookies["sessionid"] = planted

    assert client.cookies["sessionid"].value != planted
    assert attacker.get("/account/").status_code == 302
    assert attacker.get(page).status_code == 404


def test_who_comes_in_by_password_confirms_what_is_held(client: Client) -> None:
    make_member(ADA)
    space = make_space()

    door = press(client, space, "", other_way="1")
    on_the_way = text_of(client.get(door["Location"]))
    page = Hold.objects.get().token
    back = sign_in(client, ADA, next=reverse("hold", args=[page]))
    booked = client.post(back["Location"], {"action": "confirm"})

    assert door["Location"] == f"/account/login/password/?next=%2Fhold%2F{page}%2F"
    assert "Gardé pour vous jusqu’à" in on_the_way
    assert booked["Location"] == Booking.objects.get().get_absolute_url()
    assert Booking.objects.get().note == NOTE


@pytest.mark.parametrize("path", ["login/", "login/password/", "signup/", "login/code/"])
def test_what_is_held_stands_on_the_pages_of_the_way(client: Client, path: str) -> None:
    page = held(client, make_space(name="Grande salle"))

    shown = text_of(client.get(f"/account/{path}"))

    assert "Gardé pour vous jusqu’à" in shown
    assert "Grande salle" in shown
    assert f'href="{page}"' in shown


def test_a_second_factor_is_asked_before_and_what_is_held_stands_there(
    frozen: time_machine.Traveller,
) -> None:
    make_member(ADA)
    secret = turn_on(Client())
    frozen.shift(60)
    client = Client()
    page = held(client, make_space(), ADA)

    step = type_code(client, page)
    shown = text_of(client.get(step["Location"]))
    back = client.post(step["Location"], {"code": code_now(secret)})
    booked = client.post(back["Location"], {"action": "confirm"})

    assert "Gardé pour vous jusqu’à" in shown
    assert back["Location"] == page
    assert booked["Location"] == Booking.objects.get().get_absolute_url()


def test_a_closed_account_books_nothing_and_is_told_so(client: Client) -> None:
    User.objects.filter(pk=make_member(ADA).pk).update(is_active=False)
    page = held(client, make_space(), ADA)

    answer = client.post(page, {"code": code_in(mails()[0])}, follow=True)

    assert "Ce compte est fermé" in text_of(answer)
    assert not Booking.objects.exists()


def test_who_signed_in_meanwhile_and_presses_book_gets_what_they_hold(client: Client) -> None:
    make_member(ADA)
    space = make_space()
    held(client, space, ADA)
    sign_in(client, ADA)

    answer = press(client, space, ADA)

    assert answer["Location"] == Booking.objects.get().get_absolute_url()


def test_two_tabs_hold_two_things_and_each_becomes_a_booking(client: Client) -> None:
    site = make_site()
    desk, room = make_space(site), make_space(site, kind=Space.Kind.MEETING_ROOM)
    first, second = held(client, desk), held(client, room, at=AT)

    assert len(mails()) == 1
    assert "que vous avez déjà reçu à lea@" in text_of(client.get(second))
    shown = text_of(client.get(first))
    type_code(client, first)
    booked = client.post(second, {"code": code_in(mails()[0])})

    assert f'href="{second}"' in shown
    assert Booking.objects.count() == 2
    assert booked["Location"] == Booking.objects.get(space=room).get_absolute_url()


def test_a_second_desk_at_that_time_is_refused_and_stays_held(client: Client) -> None:
    ada = make_member(ADA)
    earlier = book(
        wish=Wish(space_id=make_space().pk, intervals=(MORNING,)), person=ada, by=ada, now=NOW
    )
    page = held(client, make_space(), ADA)

    answer = type_code(client, page)

    assert answer.status_code == 409
    assert earlier.reference in text_of(answer)
    assert Hold.objects.get().is_live(NOW)


def test_holds_are_few_and_the_refusal_keeps_all_that_was_typed(
    client: Client, settings: Settings
) -> None:
    settings.HOLDS_PER_PERSON = 1
    held(client, make_space())

    answer = press(client, make_space())

    assert answer.status_code == 409
    assert answer.context["refusal"].code == "too_many_holds"
    assert NOTE in text_of(answer)
    assert "Gardé pour vous" in text_of(answer)


def test_confirming_and_letting_go_need_the_forms_own_token(client: Client) -> None:
    page = held(client, make_space())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies

    for fields in ({"action": "release"}, {"code": code_in(mails()[0])}):
        assert strict.post(page, fields)["Location"] == page
    assert Hold.objects.get().is_live(NOW)
    assert strict.post("/account/login/", {"email": LEA}).status_code == 403


def test_a_code_typed_in_the_tab_of_another_hold_leads_to_its_one_button(client: Client) -> None:
    site = make_site()
    desk, room = make_space(site), make_space(site, kind=Space.Kind.MEETING_ROOM)
    first, second = held(client, desk), held(client, room)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    stale = {"csrfmiddlewaretoken": csrf_in(strict.get(second)), "code": code_in(mails()[0])}
    strict.post(first, stale)

    answer = strict.post(second, stale, follow=True)

    assert answer.redirect_chain == [(second, 302)]
    assert "plus besoin de code" in text_of(answer)
    assert 'name="action" value="confirm"' in text_of(answer)
    assert Booking.objects.get().space == desk


def test_nobody_keeps_the_page_of_a_hold(client: Client) -> None:
    assert "no-store" in client.get(held(client, make_space()))["Cache-Control"]


def test_pages_of_who_holds_nothing_ask_nothing_about_holds(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get("/account/login/")


def test_another_address_that_is_none_is_refused_where_it_was_typed(client: Client) -> None:
    page = press(client, make_space(), LEA)["Location"]

    refused = client.post(page, {"action": "address", "email": "lea@"})

    assert refused.status_code == 422
    assert refused.context["address_form"].errors.keys() == {"email"}
    assert client.get(page).status_code == 200
