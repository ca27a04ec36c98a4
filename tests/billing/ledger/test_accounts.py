"""Accounts are made when they are first needed, one by one or many together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.ledger.accounts import owed_by, owed_by_many
from billing.models import Account
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_many_accounts_are_those_that_each_would_have() -> None:
    people = [make_user() for _number in range(3)]
    before = owed_by(people[0])

    together = owed_by_many(people)

    assert {one.pk for one in together} == {owed_by(person).pk for person in people}
    assert before in together
    assert Account.objects.count() == 3
    assert {(one.kind, one.unit, one.person_id) for one in together} == {
        ("owed", "cent", person.pk) for person in people
    }


def test_many_accounts_are_asked_together() -> None:
    people = [make_user() for _number in range(5)]

    with CaptureQueriesContext(connection) as asked:
        owed_by_many(people)

    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 2
