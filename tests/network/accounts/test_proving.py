"""An address opens the account of whoever reads its mail, and nobody else's."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from network.accounts import proving
from network.accounts.proving import account_of
from network.models import User
from tests.network.accounts.coming_in import ADA, LEA, ask, type_code, who
from tests.network.people import PASSWORD, make_member, sign_in

pytestmark = pytest.mark.django_db


def test_who_signed_up_with_the_address_of_another_has_no_way_into_their_account() -> None:
    thief = Client()
    fields = {"name": "Eve", "email": LEA, "password1": PASSWORD}
    thief.post("/account/signup/", fields)
    owner = Client()
    ask(owner, LEA)
    type_code(owner)

    sign_in(thief, LEA)

    assert who(owner) == LEA
    assert who(thief) == ""
    assert User.objects.count() == 1


def test_a_password_that_its_owner_has_used_stays(client: Client) -> None:
    make_member(ADA)
    sign_in(client, ADA)
    EmailAddress.objects.filter(email=ADA).update(verified=False)  # as the team's correction does
    other = Client()
    ask(other, ADA)

    type_code(other)

    assert who(other) == ADA
    assert User.objects.get(email=ADA).check_password(PASSWORD)


def test_an_address_that_another_only_asked_for_is_its_readers(client: Client) -> None:
    ada = make_member(ADA)
    EmailAddress.objects.create(user=ada, email=LEA, verified=False)
    ask(client, LEA)

    type_code(client)

    assert who(client) == LEA
    assert EmailAddress.objects.get(email=LEA).user.email == LEA


@pytest.mark.skipif(connection.vendor == "sqlite", reason="its tests share one connection")
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_account() -> None:
    together = threading.Barrier(2)

    def come(_number: int) -> User:
        together.wait(timeout=60)
        person = account_of(email=LEA)[0]
        connection.close()
        return person

    with ThreadPoolExecutor(2) as pool:
        people = list(pool.map(come, range(2)))

    assert people == [User.objects.get(email=LEA)] * 2
    assert EmailAddress.objects.filter(email=LEA, verified=True).count() == 1


def test_an_account_made_meanwhile_is_the_one_that_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    faster = User.objects.create_user(LEA)
    monkeypatch.setattr(proving, "found", lambda email: None)  # as before the other was there

    assert account_of(email=LEA) == (faster, False)
