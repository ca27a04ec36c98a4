"""A sign-up that waits for its code keeps nobody of that browser from coming in otherwise."""

import re

import pytest
from django.test import Client

from tests.network.accounts.coming_in import ADA, DOOR, LEA, ask, type_code, who
from tests.network.people import PASSWORD, PASSWORD_DOOR, code_in, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SIGN_UP, WAITING = "/account/signup/", "/account/confirm-email/"
EVA = "eva@maillage.example"


def begin(client: Client, email: str = LEA) -> None:
    client.post(SIGN_UP, {"email": email, "name": "Léa Muller", "password1": PASSWORD})


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("door", [DOOR, PASSWORD_DOOR, SIGN_UP])
def test_every_door_stays_open(client: Client, door: str) -> None:
    begin(client)

    assert client.get(door).status_code == 200


def test_the_page_of_its_code_leads_to_another_address_and_back(client: Client) -> None:
    begin(client)

    waiting, door = page_of(client, WAITING), page_of(client, DOOR)

    assert f'<a href="{DOOR}">Utiliser une autre adresse' in waiting
    assert f'href="{WAITING}"' in door
    assert f"Taper le code envoyé à {LEA}" in door


def test_a_door_tells_of_no_sign_up_that_nobody_began(client: Client) -> None:
    assert WAITING not in page_of(client, DOOR)


def test_another_address_comes_in_at_once_and_the_sign_up_is_forgotten(client: Client) -> None:
    make_member(ADA)
    begin(client)

    ask(client, ADA)
    type_code(client)

    assert who(client) == ADA
    assert client.get(WAITING)["Location"] == "/account/email/"


def test_so_does_a_password(client: Client) -> None:
    make_member(ADA)
    begin(client)

    sign_in(client, ADA)

    assert who(client) == ADA


def test_the_address_can_be_corrected_by_signing_up_again(client: Client) -> None:
    begin(client, "lae@maillage.example")

    begin(client, EVA)
    client.post(WAITING, {"code": code_in(mails()[-1])})

    assert who(client) == EVA


def test_who_comes_back_to_its_page_ends_the_sign_up_as_begun(client: Client) -> None:
    begin(client)
    client.get(DOOR)

    client.post(WAITING, {"code": code_in(mails()[-1])})

    assert who(client) == LEA


@pytest.mark.parametrize("address", [WAITING, DOOR, PASSWORD_DOOR, SIGN_UP])
def test_no_page_tells_whether_the_address_had_an_account(address: str) -> None:
    make_member(ADA)
    shown = []
    for email in (ADA, EVA):
        client = Client()
        begin(client, email)
        answer = client.get(address)
        page = re.sub(r"\b\w{64}\b", "token", answer.content.decode())
        shown.append((answer.status_code, answer.get("Location"), page.replace(email, "")))

    assert shown[0] == shown[1]
