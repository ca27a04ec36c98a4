"""Who runs an employer and is signed in, for tests of its pages."""

import pytest
from django.test import Client

from network.models import Organisation, User
from tests.billing.pages.reading import signed_in
from tests.factories import make_user
from tests.subscriptions.employers import make_employer


@pytest.fixture
def boss(client: Client) -> User:
    person = make_user(name="Jeanne Boss")
    signed_in(client, person)
    return person


@pytest.fixture
def employer(boss: User) -> Organisation:
    return make_employer(boss, "Adira")
