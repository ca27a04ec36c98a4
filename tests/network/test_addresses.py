"""One form of each address: nobody else's spelling finds, blocks or takes an account."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from network.accounts.adapters import AccountAdapter
from network.addresses import AddressRefused, canonical
from network.models import User
from tests.factories import make_user
from tests.network.people import (
    PASSWORD,
    PASSWORD_DOOR,
    Answer,
    code_in,
    confirm_it_is_me,
    mails,
    make_member,
)
from tests.network.people import sign_in as sign_in_as

#: Each can be taken for `team@maillage.example`, or folds to it somewhere.
CONFUSABLE = [
    "team@maıllage.example",  # a dotless i, which PostgreSQL and Django fold to an i
    "team@maİllage.example",  # a dotted capital I
    "team@maіllage.example",  # a Cyrillic i
    "team@ｍaillage.example",  # a fullwidth m
    "team@mai\u200bllage.example",  # a space of no width
    "team@maillage。example",  # an ideographic full stop
    "team@mai\u017f\u017fage.example",  # long s
    "team@ma\u0456llage.ex\u00e4mple",  # scripts mixed
    "team@xn--mallage-q4a.example",  # the dotless i in punycode
    "teаm@maillage.example",  # a Cyrillic a before the @
    "téam@maillage.example",
    "te\u200bam@maillage.example",
]
SPELLINGS = ["TEAM@Maillage.Example", " team@maillage.example ", "Team@MAILLAGE.EXAMPLE\t"]


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Ada@Maillage.Example", "ada@maillage.example"),
        (" ada@maillage.example\n", "ada@maillage.example"),
        ("ada@mairie-sélestat.fr", "ada@xn--mairie-slestat-ikb.fr"),
        ("ada@Mairie-SÉLESTAT.fr", "ada@xn--mairie-slestat-ikb.fr"),
        ("ada@mairie-se\u0301lestat.fr", "ada@xn--mairie-slestat-ikb.fr"),
        ("ada@XN--mairie-slestat-ikb.fr", "ada@xn--mairie-slestat-ikb.fr"),
        ("ada@straße.de", "ada@xn--strae-oqa.de"),
        ("ada@strasse.de", "ada@strasse.de"),
        ("ada+bureau@cœur.fr", "ada+bureau@xn--cur-fya.fr"),
        ("ada@localhost", "ada@localhost"),
    ],
)
def test_every_spelling_of_an_address_has_one_form(typed: str, form: str) -> None:
    assert canonical(typed) == form


@pytest.mark.parametrize("typed", CONFUSABLE)
def test_an_address_that_can_be_taken_for_another_is_refused(typed: str) -> None:
    with pytest.raises(AddressRefused, match="vérifiez"):
        canonical(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "@maillage.example",
        "ada@",
        "ada@maillage",
        "ada@maillage.example.",
        "ada@-maillage.example",
        "ada@192.0.2.7",
        "ada@[192.0.2.7]",
        '"ada"@maillage.example',
        "a..da@maillage.example",
        "a da@maillage.example",
        "ada\x00@maillage.example",
        "ada@maillage.example\x00",
        "ada@xn--.fr",
        "a" * 65 + "@maillage.example",
        "ada@" + "b" * 64 + ".example",
        "ada@" + ".".join(["b" * 50] * 5) + ".example",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AddressRefused, match="Ceci n’est pas une adresse"):
        canonical(typed)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_form_is_plain_and_its_own_form(local: str, domain: str) -> None:
    try:
        form = canonical(f"{local}@{domain}.example")
    except AddressRefused:
        return

    assert form.isascii()
    assert form == form.lower() == form.upper().lower()
    assert canonical(form) == canonical(form.upper()) == form


def sign_up(client: Client, email: str) -> Answer:
    fields = {"email": email, "name": "Léa Muller", "password1": PASSWORD}
    return client.post("/account/signup/", fields)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", CONFUSABLE)
def test_a_lookalike_cannot_sign_up_and_the_account_signs_in_as_before(typed: str) -> None:
    member = make_member("team@maillage.example")

    answer = sign_up(Client(), typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors["email"]
    assert list(User.objects.all()) == [member]
    owner = Client()
    assert sign_in_as(owner, "team@maillage.example").status_code == 302
    assert owner.session["_auth_user_id"] == str(member.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", CONFUSABLE)
@pytest.mark.parametrize(
    ("path", "field"),
    [(PASSWORD_DOOR, "login"), ("/account/login/", "email"), ("/account/password/reset/", "email")],
)
def test_a_lookalike_neither_signs_in_nor_gets_a_code(path: str, field: str, typed: str) -> None:
    make_member("team@maillage.example")
    client = Client()

    answer = client.post(path, {field: typed, "password": PASSWORD})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert mails() == []
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("typed", CONFUSABLE)
def test_a_lookalike_is_nobodys_address_for_commands_and_the_model(typed: str) -> None:
    make_user("team@maillage.example")

    assert not User.objects.filter(email=typed).exists()
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(typed)
    with pytest.raises(CommandError, match="Nobody active"):
        call_command("create_api_token", typed, scope=["read"])
    with pytest.raises(CommandError):
        call_command("createsuperuser", email=typed, interactive=False)
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_finds_the_one_account(typed: str) -> None:
    member = make_member("team@maillage.example")
    client = Client()

    sign_in_as(client, typed)

    assert client.session["_auth_user_id"] == str(member.pk)
    assert User.objects.get_by_natural_key(typed) == User.objects.get(email=typed) == member
    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", email=typed, interactive=False)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_asks_for_a_new_password_at_the_stored_address(typed: str) -> None:
    make_member("team@maillage.example")

    Client().post("/account/password/reset/", {"email": typed})

    assert [mail["to"] for mail in mails()] == [["team@maillage.example"]]
    assert code_in(mails()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("typed", CONFUSABLE)
def test_nobody_changes_their_address_to_a_lookalike(typed: str) -> None:
    make_member("team@maillage.example")
    make_member("eve@maillage.example")
    eve = Client()
    sign_in_as(eve, "eve@maillage.example")
    confirm_it_is_me(eve)

    answer = eve.post("/account/email/", {"email": typed, "action_add": ""})

    assert answer.context["form"].errors["email"]
    assert mails() == []


@pytest.mark.django_db
@pytest.mark.parametrize("typed", CONFUSABLE)
def test_a_newcomer_does_not_correct_their_address_to_a_lookalike(typed: str) -> None:
    make_member("team@maillage.example")
    newcomer = Client()
    sign_up(newcomer, "eve@maillage.example")

    newcomer.post("/account/confirm-email/", {"action": "change", "email": typed})

    assert [mail["to"] for mail in mails()] == [["eve@maillage.example"]]
    assert User.objects.filter(email="eve@maillage.example").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kept", ["Team@maillage.example", *CONFUSABLE])
def test_the_database_is_given_nothing_but_the_form(kept: str) -> None:
    person = make_user("eve@maillage.example")

    with pytest.raises((AddressRefused, ValueError)), transaction.atomic():
        User.objects.bulk_create([User(email=kept, name="Eve")])
    with pytest.raises((AddressRefused, ValueError)), transaction.atomic():
        User.objects.filter(pk=person.pk).update(email=kept)
    person.email = kept
    with pytest.raises((AddressRefused, ValueError)), transaction.atomic():
        person.save()


@pytest.mark.django_db
def test_two_accounts_cannot_have_one_address() -> None:
    make_member("team@maillage.example")
    eve = make_user("eve@maillage.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=eve.pk).update(email="team@maillage.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=eve, email="TEAM@maillage.example")


@pytest.mark.django_db
def test_uniqueness_is_of_plain_columns_in_both_tables() -> None:
    for table in ("network_user", "account_emailaddress"):
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table).values()

        assert ["email"] in [row["columns"] for row in found if row["unique"]]


@pytest.mark.django_db
def test_an_address_confirmed_twice_at_once_stays_with_the_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_member("eve@maillage.example")
    sign_in_as(client, "eve@maillage.example")
    confirm_it_is_me(client)
    client.post("/account/email/", {"email": "new@maillage.example", "action_add": ""})
    code = code_in(mails()[-1])
    confirm = AccountAdapter.confirm_email

    def overtaken(adapter: AccountAdapter, request: HttpRequest, address: EmailAddress) -> bool:
        make_member("new@maillage.example", name="Somebody else")
        return confirm(adapter, request, address)

    monkeypatch.setattr(AccountAdapter, "confirm_email", overtaken)
    answer = client.post("/account/confirm-email/", {"code": code})

    assert answer.status_code == 302
    assert User.objects.get(email="new@maillage.example").name == "Somebody else"
    assert User.objects.get(name="Ada Weber").email == "eve@maillage.example"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="its tests share one connection")
@pytest.mark.django_db(transaction=True)
def test_of_two_sign_ups_in_two_spellings_at_once_one_makes_the_account(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    together = threading.Barrier(2)

    def press(email: str) -> str:
        together.wait(timeout=60)
        answer = sign_up(Client(), email)
        connection.close()
        return str(answer.headers.get("Location"))

    with ThreadPoolExecutor(2) as pool:
        locations = list(pool.map(press, ["lea@mairie-sélestat.fr", "LEA@Mairie-SÉLESTAT.fr"]))

    assert locations == ["/account/confirm-email/"] * 2
    assert User.objects.get().email == "lea@xn--mairie-slestat-ikb.fr"
    assert EmailAddress.objects.get().email == "lea@xn--mairie-slestat-ikb.fr"
