"""Who is signed in is who the session names, as Django judges it, by the password of now."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FOR_MEMBERS = "/account/"


@pytest.fixture
def person() -> User:
    return make_user("ada@maillage.example", name="Ada")


@pytest.fixture
def browser(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def is_in(browser: Client) -> bool:
    return browser.get(FOR_MEMBERS).status_code == 200


def test_the_session_and_its_person_are_asked_once_each(browser: Client) -> None:
    browser.get("/privacy/")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get("/privacy/")

    tables = [query["sql"].partition(" FROM ")[2].split()[0] for query in asked.captured_queries]
    assert tables.count('"django_session"') == 1
    assert tables.count('"network_user"') == 1


def test_who_signed_in_is_in(browser: Client) -> None:
    assert is_in(browser)


def test_a_password_changed_elsewhere_ends_the_session(browser: Client, person: User) -> None:
    person.set_password("another one, and a long one")
    person.save()

    assert not is_in(browser)
    assert HASH_SESSION_KEY not in browser.session


def test_an_account_that_was_closed_is_out(browser: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert not is_in(browser)


def test_an_account_that_is_gone_is_out(browser: Client, person: User) -> None:
    person.delete()

    assert not is_in(browser)


def test_a_door_that_was_walled_up_lets_nobody_in(browser: Client) -> None:
    session = browser.session
    session[BACKEND_SESSION_KEY] = "network.accounts.former.Door"
    session.save()

    assert not is_in(browser)


def test_a_session_without_a_person_is_nobodys(client: Client) -> None:
    session = client.session
    session["typed"] = "mardi"
    session.save()

    assert not is_in(client)
