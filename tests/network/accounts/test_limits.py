"""Limits count accounts and callers: no header and no spelling gives further attempts."""

import logging
from collections.abc import Iterator

import pytest
from django.contrib.auth import hashers
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from network.accounts.clients import client_address, warn_of_a_proxy
from network.models import User
from tests.network.people import PASSWORD, PASSWORD_DOOR, make_member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_warned() -> Iterator[None]:
    warn_of_a_proxy.cache_clear()
    yield
    warn_of_a_proxy.cache_clear()


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_limit_of_an_account_is_the_same_by_every_host_and_spelling(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_member("ada@mairie-sélestat.fr".replace("é", "e"))
    spellings = [
        ("a.example", "ada@mairie-selestat.fr"),
        ("b.example", "ADA@mairie-selestat.fr"),
        ("c.example", " ada@Mairie-Selestat.FR"),
        ("d.example", "Ada@mairie-selestat.fr "),
        ("e.example", "aDa@MAIRIE-selestat.fr"),
    ]
    for host, email in spellings:
        Client(headers={"host": host}).post(PASSWORD_DOOR, {"login": email, "password": "no"})

    owner = Client()
    sign_in(owner, "ada@mairie-selestat.fr")

    assert not is_signed_in(owner)


def test_accented_and_punycode_spellings_have_one_limit() -> None:
    make_member("ada@xn--mairie-slestat-ikb.fr")
    for email in ["ada@mairie-sélestat.fr", "ada@Mairie-SÉLESTAT.fr"] * 3:
        sign_in(Client(), email, password="no")

    owner = Client()
    sign_in(owner, "ada@xn--mairie-slestat-ikb.fr")

    assert not is_signed_in(owner)


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 192.0.2.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8:0::1]:4711", "2001:db8::1"),
        (1, "2001:DB8::0001", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "<script>", None),
    ],
)
def test_a_caller_is_whom_the_trusted_proxies_saw(
    settings: Settings, count: int, forwarded: str, address: str | None
) -> None:
    settings.TRUSTED_PROXY_COUNT = count
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")

    assert client_address(request) == address


def test_a_socket_without_an_address_tells_nobody(settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 0

    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None


def test_what_a_caller_writes_of_itself_gives_no_further_sign_ups() -> None:
    for number in range(20):
        invented = {"x-forwarded-for": f"203.0.113.{number}"}
        assert Client().post("/account/signup/", {}, headers=invented).status_code == 422

    answer = Client().post("/account/signup/", {}, headers={"x-forwarded-for": "198.51.100.1"})

    assert answer.status_code == 429


def test_behind_a_told_proxy_one_caller_does_not_use_up_the_limit_of_another(
    settings: Settings,
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    for _number in range(21):
        Client().post("/account/signup/", {}, headers={"x-forwarded-for": "203.0.113.1"})

    answer = Client().post("/account/signup/", {}, headers={"x-forwarded-for": "203.0.113.2"})

    assert answer.status_code == 422


@pytest.mark.parametrize(("count", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_logs_tell_the_address_that_limits_count(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture, count: int, address: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = count
    with caplog.at_level(logging.INFO, "django_structlog"):
        client.get("/legal/", headers={"x-forwarded-for": "203.0.113.9"})

    events = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    lines = [event for event in events if event["event"].startswith("request_")]
    assert [line["ip"] for line in lines] == [address]


def test_a_forwarded_header_that_nobody_told_of_is_logged_once(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for _time in range(3):
        client.get("/legal/", headers={"x-forwarded-for": "203.0.113.9"})

    assert caplog.text.count("'TRUSTED_PROXY_COUNT'") == 1


def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by a password at each computation of a hash."""
    made: list[str] = []
    hasher = hashers.get_hasher("default")
    encode = type(hasher).encode

    def counted(self: object, password: str, salt: str) -> str:
        made.append(password)
        return str(encode(hasher, password, salt))

    monkeypatch.setattr(type(hasher), "encode", counted)
    return made


@pytest.mark.parametrize(
    ("path", "field", "wanted"),
    [
        ("/account/signup/", "email", 1),
        (PASSWORD_DOOR, "login", 2),  # by each of two backends
        ("/account/password/reset/", "email", 0),
        ("/account/login/", "email", 0),
    ],
)
@pytest.mark.parametrize("address", ["known", "unknown", "closed", "unverified"])
def test_known_and_unknown_addresses_cost_the_same_work(
    monkeypatch: pytest.MonkeyPatch, address: str, path: str, field: str, wanted: int
) -> None:
    make_member("known@maillage.example")
    User.objects.filter(pk=make_member("closed@maillage.example").pk).update(is_active=False)
    User.objects.create_user("unverified@maillage.example", PASSWORD)
    made = hashes(monkeypatch)
    words = {"name": "Léa", "password": "une autre phrase", "password1": "une autre phrase"}

    Client().post(path, words | {field: f"{address}@maillage.example"})

    assert len(made) == wanted
