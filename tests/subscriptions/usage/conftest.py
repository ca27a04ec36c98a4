"""An employer with one of its people, and a place that these use, for tests of its usage."""

import pytest

from network.models import Organisation
from sites.models import Space
from subscriptions.models import Employee
from tests.subscriptions.usage.used import employee, make_spaces


@pytest.fixture
def adira(employer: Organisation) -> Organisation:
    return employer


@pytest.fixture
def ada(adira: Organisation) -> Employee:
    return employee(adira, "Ada", "Ventes", "V-1")


@pytest.fixture
def ruche() -> Space:
    return make_spaces()[0]
