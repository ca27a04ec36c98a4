"""A code of an application as the second step of signing in."""

import base64
import hmac
import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.network.people import confirm_it_is_me, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ACTIVATE = "/account/2fa/totp/activate/"


def code_now(secret: str) -> str:
    """Return what an application shows now (RFC 6238: SHA-1, 30 s, 6 digits)."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, (int(time.time()) // 30).to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def two_who_send(code: str) -> tuple[Client, Client]:
    """Sign in twice, and send the same code one after the other."""
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)
    for client in (first, second):
        client.post("/account/2fa/authenticate/", {"code": code})
    return first, second


def turn_on(client: Client) -> str:
    """Turn the second step on and return the secret."""
    sign_in(client)
    confirm_it_is_me(client)
    page = client.get(ACTIVATE).content.decode()
    found = re.search(r"<textarea[^>]*>([A-Z2-7]+)</textarea>", page)
    assert found, page
    client.post(ACTIVATE, {"code": code_now(found[1])})
    return found[1]


def test_the_code_is_asked_after_the_password_and_leads_back_to_the_booking(
    frozen: time_machine.Traveller,
) -> None:
    make_member()
    secret = turn_on(Client())
    frozen.shift(60)
    client = Client()

    assert sign_in(client, next="/book/7/")["Location"] == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session

    answer = client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert answer["Location"] == "/book/7/"
    assert "_auth_user_id" in client.session


def test_a_code_works_once(frozen: time_machine.Traveller) -> None:
    make_member()
    secret = turn_on(Client())
    frozen.shift(60)

    first, second = two_who_send(code_now(secret))

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_replaces_the_application_once() -> None:
    person = make_member()
    turn_on(Client())
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap()

    first, second = two_who_send(codes.get_unused_codes()[0])

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_a_wrong_code_turns_nothing_on(client: Client) -> None:
    person = make_member()
    sign_in(client)
    confirm_it_is_me(client)
    client.get(ACTIVATE)

    client.post(ACTIVATE, {"code": "000000"})

    assert not Authenticator.objects.filter(user=person).exists()


def test_turning_it_on_asks_who_is_there(client: Client) -> None:
    make_member()
    sign_in(client)

    answer = client.get(ACTIVATE)

    assert answer["Location"].startswith("/account/reauthenticate/")


@pytest.mark.django_db(transaction=True)
def test_turning_it_on_and_off_is_told_by_mail(client: Client) -> None:
    person = make_member()
    turn_on(client)
    assert {sent["to"][0] for sent in mails()} == {"ada@maillage.example"}
    told = len(mails())

    client.post("/account/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=person, type="totp").exists()
    assert len(mails()) > told


def test_guessing_the_code_is_limited() -> None:
    make_member()
    secret = turn_on(Client())
    client = Client()
    sign_in(client)
    for number in range(5):
        client.post("/account/2fa/authenticate/", {"code": f"00000{number}"})

    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})

    assert "_auth_user_id" not in client.session


def test_every_recovery_code_is_shown_to_its_owner(client: Client) -> None:
    person = make_member()
    turn_on(client)

    page = client.get("/account/2fa/recovery-codes/").content.decode()

    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap()
    assert re.findall(r"<li>(\d{8})</li>", page) == codes.get_unused_codes()


@pytest.mark.parametrize("path", ["", "recovery-codes/", "recovery-codes/generate/", "webauthn/"])
def test_every_page_of_the_second_step_is_drawn(client: Client, path: str) -> None:
    make_member()
    turn_on(client)

    page = client.get(f"/account/2fa/{path}").content.decode()

    assert page.count("<h1>") == 1
    assert "Maillage" in page


def test_a_passkey_is_not_offered_to_who_has_none(frozen: time_machine.Traveller) -> None:
    make_member()
    turn_on(Client())
    frozen.shift(60)
    client = Client()
    sign_in(client)

    page = client.get("/account/2fa/authenticate/").content.decode()

    assert 'name="code"' in page
    assert "mfa_webauthn_authenticate" not in page
