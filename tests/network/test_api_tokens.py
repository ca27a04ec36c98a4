"""API tokens: made, shown once, ended; nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.actions import TokenRefused, create_token, revoke_token
from network.models import ApiToken, User
from network.models.tokens import token_hash
from tests.factories import NOW, holder, make_user
from tests.network.people import confirm_it_is_me, make_member, sign_in

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=90)
NEW = {"name": "Agenda de l'équipe", "scopes": ["read", "book"], "days": "90"}


def make_token(person: User, name: str = "Agenda") -> tuple[ApiToken, str]:
    return create_token(person=person, name=name, scopes=["read"], expires_at=LATER, now=NOW)


def test_only_the_hash_and_the_beginning_of_a_token_are_kept() -> None:
    token, secret = make_token(make_user())

    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret not in str(row)
    assert row["hash"] == token_hash(secret)
    assert row["prefix"] == secret[:8]
    assert len(secret) >= 43


def test_two_tokens_are_never_the_same() -> None:
    person = make_user()

    secrets = {make_token(person)[1] for _number in range(20)}

    assert len(secrets) == 20


@pytest.mark.parametrize("scopes", [[], ["admin"], ["read", "admin"]])
def test_a_token_without_a_known_scope_is_refused(scopes: list[str]) -> None:
    with pytest.raises(TokenRefused):
        create_token(person=make_user(), name="x", scopes=scopes, expires_at=LATER, now=NOW)

    assert not ApiToken.objects.exists()


def test_a_token_that_has_already_expired_is_refused() -> None:
    with pytest.raises(TokenRefused):
        create_token(person=make_user(), name="x", scopes=["read"], expires_at=NOW, now=NOW)


def test_a_revoked_token_is_no_longer_usable_and_keeps_its_first_end() -> None:
    person = make_user()
    token, secret = make_token(person)

    revoke_token(token=token, by=person, now=NOW)
    revoke_token(token=token, by=person, now=NOW + timedelta(hours=1))

    assert ApiToken.usable(secret, NOW) is None
    assert ApiToken.objects.get().revoked_at == NOW


def test_nobody_revokes_the_token_of_somebody_else() -> None:
    token, secret = make_token(make_user())

    with pytest.raises(TokenRefused):
        revoke_token(token=token, by=make_user(), now=NOW)

    assert ApiToken.usable(secret, NOW)


def test_whoever_may_end_anybodys_token_can() -> None:
    token, _secret = make_token(make_user())

    revoke_token(token=token, by=holder("revoke_any_token"), now=NOW)

    assert ApiToken.objects.get().revoked_at == NOW


@pytest.mark.usefixtures("frozen")
def test_the_page_shows_a_new_token_once(client: Client) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)

    page = client.post("/account/tokens/", NEW)

    token = ApiToken.objects.get()
    secret = page.context["secret"]
    assert token_hash(secret) == token.hash
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert (token.scopes, token.expires_at) == (
        ["book", "read"],
        datetime(2027, 2, 21, 9, 30, tzinfo=UTC),
    )
    again = client.get("/account/tokens/").content.decode()
    assert secret not in again
    assert token.prefix in again


def test_making_a_token_asks_who_is_there_and_then_makes_it(client: Client) -> None:
    make_member()
    sign_in(client)

    asked = client.post("/account/tokens/", NEW)
    assert asked["Location"] == "/account/reauthenticate/?next=%2Faccount%2Ftokens%2F"
    assert not ApiToken.objects.exists()

    page = client.post(
        asked["Location"], {"password": "salicorne et betterave", "next": "/account/tokens/"}
    )
    assert ApiToken.objects.get().hash == token_hash(page.context["secret"])


@pytest.mark.parametrize(
    "change", [{"scopes": ["admin"]}, {"scopes": []}, {"days": "100000"}, {"name": ""}]
)
def test_a_token_that_makes_no_sense_is_not_made(client: Client, change: dict[str, object]) -> None:
    make_member()
    sign_in(client)
    confirm_it_is_me(client)

    page = client.post("/account/tokens/", NEW | change)

    assert 'class="error-summary"' in page.content.decode()
    assert not ApiToken.objects.exists()


def test_a_person_ends_their_own_token(client: Client) -> None:
    token, _secret = make_token(make_member())
    sign_in(client)

    client.post(f"/account/tokens/{token.pk}/revoke/")

    assert ApiToken.objects.get().revoked_at is not None
    assert token.prefix not in client.get("/account/tokens/").content.decode()


def test_the_token_of_somebody_else_does_not_exist_for_others(client: Client) -> None:
    token, _secret = make_token(make_user(), name="Secret project")
    make_member()
    sign_in(client)

    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert "Secret project" not in client.get("/account/tokens/").content.decode()
    assert ApiToken.objects.get().revoked_at is None


def test_a_link_ends_no_token(client: Client) -> None:
    token, _secret = make_token(make_member())
    sign_in(client)

    assert client.get(f"/account/tokens/{token.pk}/revoke/").status_code == 405
    assert ApiToken.objects.get().revoked_at is None


def test_a_form_of_another_site_neither_makes_nor_ends_a_token() -> None:
    person = make_member()
    token, _secret = make_token(person)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    assert client.post("/account/tokens/", NEW).status_code == 403
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 403
    assert ApiToken.objects.get().revoked_at is None


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/account/tokens/")["Location"] == "/account/login/?next=/account/tokens/"
    assert client.post("/account/tokens/1/revoke/")["Location"].startswith("/account/login/")


def test_a_token_whose_name_is_html_is_shown_as_typed(client: Client) -> None:
    make_token(make_member(), name="<img src=x onerror=alert(1)>")
    sign_in(client)

    page = client.get("/account/tokens/").content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_the_list_costs_the_same_with_one_token_or_ten(client: Client) -> None:
    person = make_member()
    sign_in(client)
    client.get("/account/tokens/")
    make_token(person)
    with CaptureQueriesContext(connection) as with_one:
        client.get("/account/tokens/")
    for _number in range(9):
        make_token(person)

    with CaptureQueriesContext(connection) as with_ten:
        client.get("/account/tokens/")

    assert len(with_ten) == len(with_one) <= 5
