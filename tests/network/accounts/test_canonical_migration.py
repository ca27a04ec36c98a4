"""Addresses kept before they had one form: each account keeps its own, or is closed, not lost."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from network.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
migration = import_module("network.migrations.0002_canonical_addresses")
apps = MigrationLoader(None).project_state([("network", "0002_canonical_addresses")]).apps


def make_former(email: str, *, verified: bool = False) -> User:
    """Make an account as it was written before: in any spelling."""
    person = make_user()
    row = EmailAddress.objects.create(
        user=person, email=person.email, verified=verified, primary=True
    )
    spell("network_user", person.pk, email)
    spell("account_emailaddress", row.pk, email)
    return person


def spell(table: str, pk: int, email: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET email = %s WHERE id = %s", [email, pk])


def state(person: User) -> tuple[str, bool, list[str]]:
    person.refresh_from_db()
    rows = EmailAddress.objects.filter(user=person).order_by("pk")
    return person.email, person.is_active, [row.email for row in rows]


def test_an_address_takes_its_form_and_the_account_goes_on() -> None:
    person = make_former("Ada@Mairie-Sélestat.fr", verified=True)

    migration.make_canonical(apps, None)

    form = "ada@xn--mairie-slestat-ikb.fr"
    assert state(person) == (form, True, [form])
    assert EmailAddress.objects.get().verified


def test_a_lookalike_is_closed_and_the_account_it_looked_like_is_untouched() -> None:
    team = make_former("team@maillage.example", verified=True)
    lookalike = make_former("team@maıllage.example")

    migration.make_canonical(apps, None)

    assert state(team) == ("team@maillage.example", True, ["team@maillage.example"])
    closed = f"account-{lookalike.pk}@set-aside.invalid"
    assert state(lookalike) == (closed, False, ["team@maıllage.example"])


@pytest.mark.parametrize("first_is_verified", [True, False])
def test_of_two_spellings_the_verified_account_keeps_the_address(first_is_verified: bool) -> None:
    first = make_former("ada@ÉCOLE.fr", verified=first_is_verified)
    second = make_former("ada@école.fr", verified=not first_is_verified)

    migration.make_canonical(apps, None)

    keeper, other = (first, second) if first_is_verified else (second, first)
    assert state(keeper)[:2] == ("ada@xn--cole-9oa.fr", True)
    assert state(other)[:2] == (f"account-{other.pk}@set-aside.invalid", False)


def test_the_form_itself_comes_before_an_older_spelling() -> None:
    older = make_former("ada@école.fr", verified=True)
    exact = make_former("ada@xn--cole-9oa.fr")

    migration.make_canonical(apps, None)

    assert state(exact) == ("ada@xn--cole-9oa.fr", True, ["ada@xn--cole-9oa.fr"])
    assert state(older)[1:] == (False, ["ada@école.fr"])


def test_a_claim_to_the_address_of_another_account_is_dropped() -> None:
    owner = make_former("ada@école.fr", verified=True)
    other = make_former("eve@maillage.example", verified=True)
    claim = EmailAddress.objects.create(user=other, email="claim@maillage.example")
    spell("account_emailaddress", claim.pk, "ADA@école.fr")

    migration.make_canonical(apps, None)

    assert state(owner)[2] == ["ada@xn--cole-9oa.fr"]
    assert state(other) == ("eve@maillage.example", True, ["eve@maillage.example"])


def test_an_account_without_an_allauth_row_keeps_what_it_wrote() -> None:
    person = make_user()
    spell("network_user", person.pk, "rené@maillage.example")

    migration.make_canonical(apps, None)

    assert state(person)[1:] == (False, ["rené@maillage.example"])


def test_going_back_gives_closed_accounts_what_they_wrote() -> None:
    lookalike = make_former("team@maıllage.example")
    migration.make_canonical(apps, None)

    migration.give_back(apps, None)

    assert state(lookalike) == ("team@maıllage.example", False, ["team@maıllage.example"])
