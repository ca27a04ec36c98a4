"""The whole demo, loaded once for all tests of this folder."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from billing.grids.tables import table_of
from demo.loading import load_demo
from tests.factories import MONDAY


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load it as on that Monday, and leave nothing."""
    table_of.cache_clear()
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(MONDAY)
        yield
        transaction.set_rollback(True)
