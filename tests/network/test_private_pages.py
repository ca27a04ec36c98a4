"""Pages about a person are kept by nobody, and lead nowhere but to ourselves."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from fido2.utils import websafe_encode
from pytest_django.fixtures import Settings

from network.accounts.passkeys import check_origin
from tests.network.people import make_member, sign_in

pytestmark = pytest.mark.django_db


def account_paths(patterns: list[Any] | None = None, prefix: str = "/") -> Iterator[str]:
    """Yield every path without arguments under /account/, whoever defines it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from account_paths(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and path.startswith("/account/") and "<" not in path:
            yield path


def test_every_account_page_of_every_package_is_found() -> None:
    found = set(account_paths())

    assert {"/account/", "/account/login/", "/account/email/", "/account/sessions/"} <= found
    assert {"/account/2fa/", "/account/tokens/", "/account/calendar/"} <= found


@pytest.mark.parametrize("is_member", [False, True])
def test_no_account_page_is_kept_by_anybody(client: Client, is_member: bool) -> None:
    if is_member:
        make_member()
        sign_in(client)

    kept = [
        path
        for path in sorted(set(account_paths()))
        if "no-store" not in client.get(path).headers.get("Cache-Control", "")
    ]

    assert kept == []


@pytest.mark.parametrize("path", ["/bookings/", "/bookings/ABCDEF/", "/book/1/", "/admin/", "/"])
def test_no_page_of_a_persons_bookings_is_kept_by_anybody(client: Client, path: str) -> None:
    make_member()
    sign_in(client)

    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/legal/", "/search/"])
def test_what_is_of_nobody_may_be_kept(client: Client, path: str) -> None:
    assert "no-store" not in client.get(path).headers.get("Cache-Control", "")


@pytest.fixture
def production(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://maillage.example"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "maillage.example", "testserver"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://maillage.example"]


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/book/7/", "/book/7/"),
        ("https://maillage.example/book/7/", "https://maillage.example/book/7/"),
        ("http://maillage.example/book/7/", "/"),
        ("https://maillage.example:8443/", "/"),
        ("http://localhost/", "/"),
        ("https://localhost/", "/"),
        ("http://localhost:8000/book/7/", "/"),
        ("http://127.0.0.1/", "/"),
        ("//localhost/", "/"),
        ("https://testserver/", "/"),
        ("https://maillage.example@localhost/", "/"),
    ],
)
def test_signing_in_leads_to_the_public_address_alone(
    client: Client, wanted: str, reached: str
) -> None:
    make_member()

    answer = sign_in(client, next=wanted)

    assert answer["Location"] == reached


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("wanted", ["http://localhost/", "https://127.0.0.1/", "//evil.example/"])
def test_the_language_switch_leads_nowhere_else(client: Client, wanted: str) -> None:
    answer = client.post("/language/setlang/", {"language": "en", "next": wanted})

    assert answer["Location"] == "/"


def test_the_cookie_of_the_language_is_as_careful_as_the_others(
    client: Client, settings: Settings
) -> None:
    settings.LANGUAGE_COOKIE_SECURE = True

    cookie = client.post("/language/setlang/", {"language": "en"}).cookies["django_language"]

    assert (cookie["secure"], cookie["samesite"], cookie["httponly"]) == (True, "Lax", True)


def answer_for(origin: str) -> dict[str, Any]:
    told = {"type": "webauthn.get", "challenge": "eA", "origin": origin, "crossOrigin": False}
    return {"response": {"clientDataJSON": websafe_encode(json.dumps(told).encode())}}


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.maillage.example",
        "http://maillage.example",
        "https://maillage.example:8443",
        "http://localhost:8000",
        "https://evil.example",
    ],
)
@pytest.mark.usefixtures("production")
def test_a_passkey_used_on_a_page_of_another_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match=origin):
        check_origin(answer_for(origin))


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(
    "origin",
    ["https://maillage.example", "https://maillage.example:443", "https://MAILLAGE.example"],
)
def test_a_passkey_used_on_our_page_is_taken(origin: str) -> None:
    check_origin(answer_for(origin))


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("host", ["maillage.example", "localhost", "testserver"])
def test_passkeys_are_bound_to_the_public_host_whatever_host_is_asked(host: str) -> None:
    make_member()
    client = Client(headers={"host": host})

    answer = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})

    assert answer.json()["request_options"]["publicKey"]["rpId"] == "maillage.example"
    assert not Authenticator.objects.exists()
