"""The whole demo, loaded once for all tests of this folder."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
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
        check_once()
        yield out.getvalue()
        transaction.set_rollback(True)


def check_once() -> None:
    """Have PostgreSQL check all foreign keys now: else it does so anew at the end of each test."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
    connection.check_constraints()
