"""People sign in, and nobody else does in their place."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from network.models import User
from tests.chromium import follow
from tests.network.people import PASSWORD, code_in, confirm_it_is_me, mails, make_member, sign_in

pytestmark = pytest.mark.django_db
RESET = "/account/password/reset/"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_in_leads_back_to_the_page_one_came_from(client: Client) -> None:
    make_member()

    answer = sign_in(client, next="/book/7/?day=2026-11-24")

    assert answer["Location"] == "/book/7/?day=2026-11-24"
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_signing_in_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    make_member()

    answer = sign_in(client, next=elsewhere)

    assert answer["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_signing_out_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    make_member()
    sign_in(client)

    answer = client.post("/account/logout/", {"next": elsewhere})

    assert answer["Location"] == "/"


def test_capitals_of_the_address_do_not_matter(client: Client) -> None:
    make_member("ada@maillage.example")

    sign_in(client, "ADA@Maillage.Example")

    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client) -> None:
    make_member("ada@maillage.example")

    known = sign_in(client, "ada@maillage.example", password="wrong")
    unknown = sign_in(client, "eve@maillage.example", password="wrong")

    seen, expected = (
        [line for line in answer.content.decode().splitlines() if "csrf" not in line.lower()]
        for answer in (known, unknown)
    )
    assert [line.replace("ada@", "eve@") for line in seen] == expected
    assert known.status_code == unknown.status_code == 422


def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client) -> None:
    make_member()
    for _attempt in range(5):
        sign_in(client, password="wrong")

    sign_in(client)

    assert not is_signed_in(client)


def test_four_wrong_passwords_lock_nobody_out(client: Client) -> None:
    make_member()
    for _attempt in range(4):
        sign_in(client, password="wrong")

    sign_in(client)

    assert is_signed_in(client)


def test_the_session_known_before_signing_in_is_worth_nothing_after(client: Client) -> None:
    make_member()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key or ""
    client.cookies["sessionid"] = planted

    sign_in(client)

    assert client.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/account/").status_code == 302


@pytest.mark.parametrize("address", ["' OR 1=1 --", "ada@maillage.example' --"])
def test_sql_in_the_address_is_only_a_wrong_address(client: Client, address: str) -> None:
    make_member()

    answer = sign_in(client, address)

    assert answer.status_code == 422
    assert not is_signed_in(client)


def test_an_inactive_person_stays_outside(client: Client) -> None:
    person = make_member()
    User.objects.filter(pk=person.pk).update(is_active=False)

    answer = sign_in(client)

    assert not is_signed_in(client)
    assert answer.status_code in (422, 302)


def test_signing_in_from_another_site_is_refused() -> None:
    make_member()
    client = Client(enforce_csrf_checks=True)

    answer = sign_in(client)

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_following_a_link_does_not_sign_out(client: Client) -> None:
    make_member()
    sign_in(client)

    assert client.get("/account/logout/").status_code == 200
    assert is_signed_in(client)

    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_the_administration_is_entered_by_the_same_door(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/account/login/?next=%2Fadmin%2F"


def test_the_administration_is_closed_to_those_outside_the_team(client: Client) -> None:
    make_member()
    sign_in(client)

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403


def test_a_code_by_mail_lets_one_choose_a_new_password(client: Client) -> None:
    make_member()
    client.post(RESET, {"email": "ada@maillage.example", "next": "/book/7/"})

    client.post(f"{RESET}confirm/", {"code": code_in(mails()[0])})
    client.post(
        f"{RESET}complete/",
        {"password1": "une nouvelle phrase", "password2": "une nouvelle phrase"},
    )

    other = Client()
    sign_in(other, password="une nouvelle phrase")
    assert is_signed_in(other)
    assert mails()[1]["to"] == ["ada@maillage.example"]


def test_a_new_password_ends_the_sessions_opened_with_the_old_one(client: Client) -> None:
    make_member()
    thief = Client()
    sign_in(thief)
    client.post(RESET, {"email": "ada@maillage.example"})
    client.post(f"{RESET}confirm/", {"code": code_in(mails()[0])})

    client.post(
        f"{RESET}complete/",
        {
            "password1": "une nouvelle phrase",
            "password2": "une nouvelle phrase",
            "end_sessions": "on",
        },
    )

    assert thief.get("/account/").status_code == 302


def test_five_wrong_codes_end_the_new_password(client: Client) -> None:
    make_member()
    client.post(RESET, {"email": "ada@maillage.example"})
    code = code_in(mails()[0])
    for _attempt in range(5):
        client.post(f"{RESET}confirm/", {"code": "ZZZZ-ZZZZ"})

    client.post(f"{RESET}confirm/", {"code": code})
    answer = client.get(f"{RESET}complete/")

    assert answer["Location"] == RESET


def test_the_new_password_cannot_be_set_before_the_code_is_typed(client: Client) -> None:
    make_member()
    client.post(RESET, {"email": "ada@maillage.example"})

    client.post(
        f"{RESET}complete/",
        {"password1": "une nouvelle phrase", "password2": "une nouvelle phrase"},
    )

    assert User.objects.get().check_password(PASSWORD)


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(client: Client) -> None:
    make_member("ada@maillage.example")
    stranger = Client()

    known = client.post(RESET, {"email": "ada@maillage.example"})
    unknown = stranger.post(RESET, {"email": "eve@maillage.example"})

    assert known["Location"] == unknown["Location"] == f"{RESET}confirm/"
    seen = client.get(f"{RESET}confirm/").content.decode().replace("ada@", "eve@")
    expected = stranger.get(f"{RESET}confirm/").content.decode()
    assert without_csrf(seen) == without_csrf(expected)
    assert [sent["to"] for sent in mails()] == [["ada@maillage.example"], ["eve@maillage.example"]]


def without_csrf(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line.lower()]


def test_changing_the_address_asks_for_the_password_then_for_a_code(client: Client) -> None:
    make_member()
    sign_in(client)
    change = {"email": "ada.weber@maillage.example", "action_add": "1"}

    asked = client.post("/account/email/", change)
    assert asked["Location"].startswith("/account/reauthenticate/")

    confirm_it_is_me(client)
    client.post("/account/email/", change)
    assert User.objects.get().email == "ada@maillage.example"

    client.post("/account/confirm-email/", {"code": code_in(mails()[0])})
    assert User.objects.get().email == "ada.weber@maillage.example"


def test_a_changed_password_is_told_by_mail(client: Client) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)

    client.post(
        "/account/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "une nouvelle phrase",
            "password2": "une nouvelle phrase",
        },
    )

    assert User.objects.get().check_password("une nouvelle phrase")
    assert "/account/password/reset/" in mails()[-1]["body"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_signing_in_works_without_javascript(page: Callable[..., Page]) -> None:
    make_member()
    tab = page("/account/login/password/?next=/account/", script=False, viewport="phone")
    assert not tab.locator("#passkey_login").is_visible()

    tab.fill("[name=login]", "ada@maillage.example")
    tab.fill("[name=password]", PASSWORD)
    follow(tab.locator("main form").first.locator("button").first)

    assert tab.url.endswith("/account/")
    assert tab.input_value("[name=name]") == "Ada Weber"
