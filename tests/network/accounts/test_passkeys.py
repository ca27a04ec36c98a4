"""Passkeys, in a real browser with a virtual authenticator, under the real security policy."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page, expect

from tests.chromium import follow
from tests.network.people import PASSWORD, confirm_it_is_me, make_member, sign_in

pytestmark = pytest.mark.django_db
OpenPage = Callable[..., Page]
#: Sends the form with another challenge's signature: its last bytes are changed.
FORGE = """() => {
  const input = document.getElementById("mfa_credential");
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () {
    const credential = JSON.parse(input.value);
    credential.response.signature = credential.response.signature.slice(0, -6) + "AAAAAA";
    input.value = JSON.stringify(credential);
    submit.call(this);
  };
}"""


def plug_in_authenticator(page: Page) -> None:
    """Give the page's browser a device that holds passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def type_password(page: Page) -> None:
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form.form .button.primary"))


def arrive(page: Page, path: str) -> None:
    """Wait for the page of that path, which the address before may have named as the next one."""
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def add_passkey(page: Page, name: str) -> None:
    page.goto("/account/2fa/webauthn/add/")
    if page.locator("[name=password]").count():
        type_password(page)
    page.fill("[name=name]", name)
    expect(page.locator("[name=name]")).to_have_value(name)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_signs_in_without_password_and_leads_back_to_the_booking(page: OpenPage) -> None:
    person = make_member()
    tab = page("/account/login/password/?next=/account/2fa/webauthn/")
    plug_in_authenticator(tab)
    tab.fill("[name=login]", "ada@maillage.example")
    type_password(tab)

    add_passkey(tab, "Téléphone d'Ada")
    key = Authenticator.objects.get(user=person, type="webauthn")
    assert (str(key), key.wrap().is_passwordless) == ("Téléphone d'Ada", True)

    tab.goto("/account/logout/")
    follow(tab.locator("main form.form button"))
    tab.goto("/account/login/password/?next=/account/sessions/")
    tab.click("#passkey_login")

    arrive(tab, "/account/sessions/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_ticked", [False, True])
def test_a_passkey_signs_in_until_the_browser_is_closed_unless_its_box_was_ticked(
    page: OpenPage, is_ticked: bool
) -> None:
    tab = page("/account/2fa/webauthn/add/", user=make_member())
    plug_in_authenticator(tab)
    add_passkey(tab, "Clé")
    tab.context.clear_cookies()
    tab.goto("/account/login/password/?next=/account/sessions/")
    tab.locator("#mfa_login_remember").set_checked(is_ticked)

    tab.click("#passkey_login")

    arrive(tab, "/account/sessions/")
    cookies = {one["name"]: one["expires"] for one in tab.context.cookies()}
    assert (cookies["sessionid"] > 0) is is_ticked


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_confirms_who_is_there(page: OpenPage) -> None:
    tab = page("/account/2fa/webauthn/add/", user=make_member())
    plug_in_authenticator(tab)
    add_passkey(tab, "Clé")
    tab.context.clear_cookies()
    tab.goto(
        "/account/login/password/?next=/account/2fa/webauthn/reauthenticate/%3Fnext%3D/account/tokens/"
    )
    tab.click("#passkey_login")
    tab.wait_for_url("**/reauthenticate/**")

    tab.click("#mfa_webauthn_reauthenticate")

    arrive(tab, "/account/tokens/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_serves_as_the_second_step_after_the_password(page: OpenPage) -> None:
    tab = page("/account/2fa/webauthn/add/", user=make_member())
    plug_in_authenticator(tab)
    add_passkey(tab, "Clé")
    tab.context.clear_cookies()
    tab.goto("/account/login/password/?next=/account/tokens/")
    tab.fill("[name=login]", "ada@maillage.example")
    type_password(tab)
    tab.wait_for_url("**/2fa/authenticate/**")

    tab.click("#mfa_webauthn_authenticate")

    arrive(tab, "/account/tokens/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_that_does_not_answer_is_said_in_words(page: OpenPage) -> None:
    tab = page("/account/login/password/")
    tab.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")

    tab.click("#passkey_login")

    expect(tab.locator("[data-passkey-problem]")).to_be_visible()
    assert tab.url.endswith("/account/login/password/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_renamed_and_removed(page: OpenPage) -> None:
    person = make_member()
    tab = page("/account/2fa/webauthn/add/", user=person)
    plug_in_authenticator(tab)
    add_passkey(tab, "Clé")

    tab.goto("/account/2fa/webauthn/")
    follow(tab.locator("main .card-foot a").first)
    tab.fill("[name=name]", "Clé du bureau")
    follow(tab.locator("main form.form .button.primary"))
    expect(tab.locator("main h2")).to_have_text("Clé du bureau")

    follow(tab.locator("main .card-foot a.danger"))
    follow(tab.locator("main form.form .button.danger"))
    assert tab.url.endswith("/account/2fa/webauthn/")
    assert not Authenticator.objects.filter(user=person, type="webauthn").exists()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "null",
        "[]",
        '"text"',
        '{"id": "x"}',
        '{"response": "x", "rawId": "eA", "id": "eA"}',
        '{"response": {"userHandle": "../../x"}}',
        '{"response": {"userHandle": "enp6enp6enp6enp6eg"}}',
        "[" * 101 + "]" * 101,
        "[" * 900 + "]" * 900,
        "[" * 100_000,
        '{"id": ' + "9" * 5_000 + "}",
    ],
)
def test_an_invented_passkey_signs_nobody_in(client: Client, credential: str) -> None:
    make_member()

    answer = client.post("/account/2fa/webauthn/login/", {"credential": credential})

    assert answer["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_whose_signature_is_forged_signs_nobody_in(page: OpenPage) -> None:
    tab = page("/account/2fa/webauthn/add/", user=make_member())
    plug_in_authenticator(tab)
    add_passkey(tab, "Clé")
    tab.context.clear_cookies()
    tab.goto("/account/login/password/")
    tab.evaluate(FORGE)

    tab.click("#passkey_login")

    expect(tab.locator("#messages .notice.error")).to_be_visible()
    tab.goto("/account/")
    assert "/account/login/" in tab.url


def test_the_passkeys_of_others_do_not_exist(client: Client) -> None:
    other = make_member("eve@maillage.example")
    key = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "Eve's", "credential": {}}
    )
    make_member()
    sign_in(client)
    confirm_it_is_me(client)

    assert client.get(f"/account/2fa/webauthn/keys/{key.pk}/edit/").status_code == 404
    assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("page", ["add", "reauthenticate"])
@pytest.mark.parametrize("answer", ["[" * 900 + "]" * 900, "[" * 100_000, "9" * 5_000])
def test_an_answer_too_deep_or_too_long_to_read_is_refused(
    client: Client, page: str, answer: str
) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)

    refused = client.post(f"/account/2fa/webauthn/{page}/", {"credential": answer})

    assert refused.status_code in (422, 302)
    assert not Authenticator.objects.exists()
