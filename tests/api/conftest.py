"""Who calls the API: a person, and a program that acts for them."""

import pytest

from network.models import User
from tests.api.calls import Program, program_of
from tests.factories import make_user


@pytest.fixture
def person() -> User:
    return make_user()


@pytest.fixture
def program(person: User) -> Program:
    return program_of(person)
