"""Who writes meanwhile waits: seen from another connection that is in no mood to."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

#: SQLite has one writer at once: there is no lock of a row to wait for.
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite waits for one writer at once"
)


def has_to_wait(act: Callable[[], object]) -> bool:
    """Tell whether `act`, done elsewhere at this moment, waits for a lock; it is then given up."""

    def impatient() -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
                act()
        except OperationalError as error:
            return type(error.__cause__).__name__
        finally:
            connection.close()
        return "nothing"

    with ThreadPoolExecutor(1) as other:
        return other.submit(impatient).result() == "LockNotAvailable"
