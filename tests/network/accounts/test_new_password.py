"""A new password closes the other ways into the account that its owner wants closed."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from bookings.calendars.feeds import feed_of, owner_of, token_of
from network.actions import create_token
from network.models import ApiToken, User
from tests.factories import NOW
from tests.network.people import PASSWORD, code_in, confirm_it_is_me, mails, make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
RESET = "/account/password/reset/"
NEW = {"password1": "une nouvelle phrase", "password2": "une nouvelle phrase"}
CHOICES = ["end_sessions", "end_tokens", "end_calendar"]


def reset(client: Client, **choices: str) -> None:
    client.post(RESET, {"email": "ada@maillage.example"})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})
    client.post(f"{RESET}complete/", NEW | choices)


def change(client: Client, **choices: str) -> None:
    sign_in(client)
    confirm_it_is_me(client)
    client.post("/account/password/change/", NEW | {"oldpassword": PASSWORD} | choices)


@pytest.mark.parametrize("renew", [reset, change])
@pytest.mark.parametrize("ticked", [[], *([choice] for choice in CHOICES), CHOICES])
def test_what_is_ticked_is_closed_and_nothing_else(
    renew: Callable[..., None], ticked: list[str]
) -> None:
    ada = make_member()
    create_token(person=ada, name="x", scopes=["read"], expires_at=None, now=NOW)
    calendar = token_of(feed_of(ada))
    here, elsewhere = Client(), Client()
    sign_in(elsewhere)

    renew(here, **dict.fromkeys(ticked, "on"))

    assert User.objects.get().check_password("une nouvelle phrase")
    assert here.get("/account/").status_code == 200
    closed = {
        "end_sessions": elsewhere.get("/account/").status_code == 302,
        "end_tokens": not ApiToken.objects.usable_at(NOW).exists(),
        "end_calendar": owner_of(calendar) is None,
    }
    assert closed == {choice: choice in ticked for choice in CHOICES}


def test_sessions_are_ticked_and_the_rest_is_not(client: Client) -> None:
    make_member()
    client.post(RESET, {"email": "ada@maillage.example"})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})
    forms = [client.get(f"{RESET}complete/")]
    sign_in(client)
    confirm_it_is_me(client)
    forms.append(client.get("/account/password/change/"))

    for page in forms:
        boxes = re.findall(
            r'<input type="checkbox" name="(end_\w+)"([^>]*)>', page.content.decode()
        )
        ticked = {name for name, rest in boxes if "checked" in rest}
        assert ([name for name, _rest in boxes], ticked) == (CHOICES, {"end_sessions"})


def test_passwords_that_differ_close_nothing(client: Client) -> None:
    make_member()
    elsewhere = Client()
    sign_in(elsewhere)
    client.post(RESET, {"email": "ada@maillage.example"})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})

    client.post(f"{RESET}complete/", NEW | {"password2": "autre", "end_sessions": "on"})

    assert elsewhere.get("/account/").status_code == 200
    assert User.objects.get().check_password(PASSWORD)


def test_a_code_is_worth_nothing_once_the_account_is_closed(client: Client) -> None:
    ada = make_member()
    client.post(RESET, {"email": "ada@maillage.example"})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[-1])})
    User.objects.filter(pk=ada.pk).update(is_active=False)

    answer = client.post(f"{RESET}complete/", NEW)

    assert answer.status_code == 422
    assert User.objects.get().check_password(PASSWORD)


def test_the_first_password_of_an_account_offers_the_same(client: Client) -> None:
    ada = make_member()
    ada.set_unusable_password()
    ada.save()
    create_token(person=ada, name="x", scopes=["read"], expires_at=None, now=NOW)
    client.post("/account/login/", {"email": ada.email})
    client.post("/account/login/code/", {"code": code_in(mails()[-1])})

    client.post("/account/password/set/", NEW | {"end_tokens": "on"})

    assert User.objects.get().check_password("une nouvelle phrase")
    assert not ApiToken.objects.usable_at(NOW).exists()
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_administration_has_no_other_way_to_change_a_password(
    client: Client, method: str
) -> None:
    boss = make_member()
    User.objects.filter(pk=boss.pk).update(is_staff=True)
    client.force_login(boss)

    answer = getattr(client, method)("/admin/password_change/")

    assert answer["Location"].startswith("/account/password/change/")
