"""The code of a hold's page: wrong, ended, for another address, typed twice at once."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.test import Client

from bookings.models import Booking, Hold
from network.models import User
from tests.bookings.holds.visiting import ADA, LEA, held, press, text_of, type_code
from tests.factories import make_space
from tests.network.accounts.coming_in import CODE, DOOR, ask, wrong_code
from tests.network.people import code_in, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
THREADS = pytest.mark.skipif(connection.vendor == "sqlite", reason="its tests share one connection")


def test_five_wrong_codes_end_the_code_and_not_the_hold(client: Client) -> None:
    page = held(client, make_space())
    wrong = wrong_code()
    told = []
    for code in (wrong, "12345", *[wrong] * 4, code_in(mails()[0])):
        answer = type_code(client, page, code)
        assert (answer.status_code, answer["Location"]) == (302, page)
        told.append(text_of(client.get(page)))

    client.post(page, {"action": "resend"})
    fresh = text_of(client.get(page))
    booked = type_code(client, page)

    for words, shown in zip(
        ("reste 4 essais", "six chiffres", "reste 3 essais", "reste 2", "reste 1 essai"),
        told,
        strict=False,
    ):
        assert words in shown
    assert "cinquième" in told[5]
    assert "ne fonctionne plus" in told[6]
    assert "Gardé pour vous" in told[6]
    assert "ne fonctionne plus" not in fresh
    assert booked["Location"] == Booking.objects.get().get_absolute_url()


def test_who_has_to_wait_for_a_neighbours_guessing_keeps_code_and_hold(
    client: Client, frozen: time_machine.Traveller
) -> None:
    page = held(client, make_space())
    code = code_in(mails()[0])
    wrong = "000000" if code != "000000" else "111111"
    for number in range(2):
        guesser = Client()
        guesser.post("/account/login/", {"email": f"person{number}@maillage.example"})
        for _try in range(5):
            guesser.post("/account/login/code/", {"code": "000000"})
    for _try in range(2):
        type_code(client, page, wrong)

    assert type_code(client, page, code)["Location"] == page
    waiting = client.get(page)
    frozen.shift(61)
    booked = type_code(client, page, code)

    assert "Patientez une minute" in text_of(waiting)
    assert "Gardé pour vous" in text_of(waiting)
    assert booked["Location"] == Booking.objects.get().get_absolute_url()


def test_a_mistyped_address_is_corrected_while_it_is_held(client: Client) -> None:
    page = held(client, make_space(), "lae@maillage.example")

    client.post(page, {"action": "address", "email": LEA})
    type_code(client, page)

    assert Booking.objects.get().person.email == LEA


def test_an_address_that_is_none_is_refused_on_the_page_of_the_hold(client: Client) -> None:
    page = held(client, make_space())

    answer = client.post(page, {"action": "address", "email": "lea"})

    assert answer.context["address_form"].errors
    assert len(mails()) == 1


def test_what_was_sent_last_is_to_correct_and_not_what_was_refused_before(client: Client) -> None:
    page = held(client, make_space())
    type_code(client, page, "12345")
    before = text_of(client.get(page))

    answer = text_of(client.post(page, {"action": "address", "email": "lea"}))

    focused = r'<input [^>]*name="(\w+)"[^>]* autofocus'
    assert [re.findall(focused, shown) for shown in (before, answer)] == [["code"], ["email"]]
    assert 'id="id_email_error"' in answer


def test_who_is_in_meanwhile_is_not_told_of_a_code_that_nobody_asks_for(client: Client) -> None:
    page = held(client, make_space())
    type_code(client, page, "12345")
    make_member(ADA)
    sign_in(client, ADA)

    shown = text_of(client.get(page))

    assert 'name="action" value="confirm"' in shown
    assert 'class="error"' not in shown


def test_a_code_that_has_ended_leaves_one_button_for_another_one(client: Client) -> None:
    page = held(client, make_space())
    wrong = wrong_code()
    for _try in range(5):
        type_code(client, page, wrong)

    for address in (page, "/account/login/code/"):
        shown = text_of(client.get(address))
        assert shown.count('value="resend"') == 1
        assert "Se connecter</span>" not in shown
        assert "Réserver ce poste</span>" not in shown


def test_before_a_code_was_sent_the_page_asks_who_it_is_for(client: Client) -> None:
    press(client, make_space(), "", other_way="1")

    shown = text_of(client.get(f"/hold/{Hold.objects.get().token}/"))

    assert "Dites qui vous êtes, et c’est réservé" in shown
    assert "Tapez le code" not in shown


def test_when_no_more_codes_are_sent_the_hold_stays_and_other_ways_are_told(client: Client) -> None:
    for number in range(20):
        Client().post("/account/login/", {"email": f"person{number}@maillage.example"})

    page = client.get(held(client, make_space()))

    assert "Trop de codes" in text_of(page)
    assert "/account/login/password/?next=" in text_of(page)


@pytest.mark.parametrize("path", [DOOR, CODE, "/account/login/password/", "/account/signup/"])
def test_what_one_browser_holds_stands_on_no_page_of_another(client: Client, path: str) -> None:
    held(client, make_space(name="Grande salle"))
    stranger = Client(REMOTE_ADDR="192.0.2.7")
    held(stranger, make_space(name="Petite salle"), "eve@maillage.example")

    shown = text_of(stranger.get(path))

    assert "Petite salle" in shown
    assert "Grande salle" not in shown


def test_a_code_for_another_address_confirms_nothing(client: Client) -> None:
    page = held(client, make_space())
    eve = Client()
    ask(eve, "eve@maillage.example")
    eves = next(code_in(sent) for sent in mails() if sent["to"] == ["eve@maillage.example"])

    type_code(client, page, eves)

    assert not Booking.objects.exists()
    assert not User.objects.exists()


def sent_at_once(browsers: list[Client], page: str, code: str) -> list[str]:
    """Have all send the code to the page at the same instant; return where each is led."""
    together = threading.Barrier(len(browsers))

    def send(browser: Client) -> str:
        together.wait(timeout=60)
        answer = browser.post(page, {"code": code})
        connection.close()
        return str(answer["Location"])

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(send, browsers))


@THREADS
@pytest.mark.django_db(transaction=True)
def test_the_right_code_sent_four_times_at_once_is_one_booking_and_one_account(
    client: Client,
) -> None:
    page, code = held(client, make_space(units=5)), code_in(mails()[0])
    session = client.cookies["sessionid"].value
    browsers = [Client() for _press in range(4)]
    for browser in browsers:
        browser.cookies["sessionid"] = session

    led = sent_at_once(browsers, page, code)

    booking = Booking.objects.get()
    assert booking.person == User.objects.get(email=LEA)
    assert booking.get_absolute_url() in led
    assert set(led) <= {booking.get_absolute_url(), page}


@THREADS
@pytest.mark.django_db(transaction=True)
def test_of_four_browsers_that_send_the_right_code_at_once_one_comes_in() -> None:
    browsers = [Client() for _one in range(4)]
    for browser in browsers:
        ask(browser, LEA)
    code = code_in(mails()[0])

    sent_at_once(browsers, CODE, code)

    assert sum("_auth_user_id" in browser.session for browser in browsers) == 1
    assert User.objects.count() == 1
