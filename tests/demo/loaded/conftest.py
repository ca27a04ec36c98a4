"""The whole demo, loaded once for all tests of this folder."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from billing.grids.tables import table_of
from tests.factories import MONDAY


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Load it as on that Monday, answer what the command told, and leave nothing."""
    table_of.cache_clear()
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", f"--today={MONDAY}", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)
