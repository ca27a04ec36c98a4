"""Who comes in by codes alone is asked for one before something sensitive."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from network.models import User
from tests.network.accounts.coming_in import refusal
from tests.network.people import PASSWORD, code_in, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LEA = "lea@maillage.example"
PROVE = "/account/reauthenticate/code/"
CHANGE = {"email": "lea.muller@maillage.example", "action_add": "1"}
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}


def come_in(client: Client) -> None:
    client.post("/account/login/", {"email": LEA})
    client.post("/account/login/code/", {"code": code_in(mails()[-1])})


@pytest.fixture
def lea(client: Client, frozen: time_machine.Traveller) -> Client:
    """Return the browser of somebody without password who came in an hour ago."""
    come_in(client)
    frozen.shift(timedelta(hours=1))
    return client


def prove(client: Client, page: str) -> Any:
    client.post(page, {"action": "send"})
    return client.post(page, {"code": code_in(mails()[-1])})


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/email/", CHANGE),
        ("/account/password/set/", PASSWORDS),
        ("/account/tokens/", {"name": "x", "scopes": "read", "days": "90"}),
        ("/account/2fa/totp/activate/", {}),
        ("/account/2fa/webauthn/add/", {}),
    ],
)
def test_a_code_is_asked_first(lea: Client, path: str, fields: dict[str, str]) -> None:
    answer = lea.post(path, fields)

    assert answer["Location"].startswith(f"{PROVE}?next=")
    person = User.objects.get()
    assert not person.has_usable_password()
    assert not person.api_tokens.exists()
    assert {tuple(sent["to"]) for sent in mails()} == {(LEA,)}


def test_after_the_code_what_was_sent_goes_on(lea: Client) -> None:
    asked = lea.post("/account/email/", CHANGE)

    went_on = prove(lea, asked["Location"])

    assert went_on["Location"] == "/account/confirm-email/"
    assert mails()[-1]["to"] == [CHANGE["email"]]


def test_a_first_password_can_be_chosen_after_the_code(lea: Client) -> None:
    asked = lea.get("/account/password/set/")

    back = prove(lea, asked["Location"])
    lea.post(back["Location"], PASSWORDS)

    assert back["Location"] == "/account/password/set/"
    assert User.objects.get().check_password(PASSWORD)


def test_who_has_just_come_in_by_a_code_is_not_asked_again(client: Client) -> None:
    come_in(client)

    assert client.get("/account/password/set/").status_code == 200


def test_wrong_codes_open_nothing(lea: Client) -> None:
    page = lea.get("/account/password/set/")["Location"]
    lea.post(page, {"action": "send"})
    wrong = "000000" if code_in(mails()[-1]) != "000000" else "111111"

    told = []
    for _try in range(6):
        assert lea.post(page, {"code": wrong})["Location"] == page
        told.append(refusal(lea, page))

    assert "4 essais" in told[0]
    assert "plus valable" in told[5]
    assert lea.get("/account/password/set/").status_code == 302


def test_a_code_that_was_sent_to_another_address_proves_nothing(
    client: Client, frozen: time_machine.Traveller
) -> None:
    client.post("/account/login/", {"email": "eve@maillage.example"})
    eves = client.session["entrance"]
    come_in(client)
    frozen.shift(timedelta(hours=1))
    session = client.session
    session["entrance"] = eves | {"at": eves["at"] + 3600}
    session.save()

    client.post(PROVE, {"code": eves["code"]})

    assert client.get("/account/password/set/").status_code == 302


def test_who_has_a_password_is_asked_for_it_as_before(
    client: Client, frozen: time_machine.Traveller
) -> None:
    make_member()
    sign_in(client)
    frozen.shift(timedelta(hours=1))

    answer = client.post("/account/email/", CHANGE)

    assert answer["Location"].startswith("/account/reauthenticate/?")


def test_nobody_proves_anything_without_being_signed_in(client: Client) -> None:
    assert client.get(PROVE)["Location"].startswith("/account/login/")
    assert client.post(PROVE, {"action": "send"})["Location"].startswith("/account/login/")
    assert mails() == []
