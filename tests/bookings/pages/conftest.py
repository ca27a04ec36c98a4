"""Who looks at the pages of bookings."""

import pytest
from django.test import Client

from network.models import User
from tests.factories import (
    make_user,
)


@pytest.fixture
def person(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user
