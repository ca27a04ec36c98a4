"""What is asked together reaches PostgreSQL in one go, with the BEGIN of its transaction."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from network.insertions import insert
from network.models import User
from tests.factories import NOW, make_user

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is not asked over a line"),
    pytest.mark.django_db(transaction=True),
]


def state_of(process: int) -> str:
    """Return what a process of the server does, seen by another one."""

    def look() -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [process])
                return str(cursor.fetchall()[0][0])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(look).result()


def test_a_transaction_begins_with_its_first_statements_not_before_them() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        process = connection.connection.info.backend_pid
        with connection.pipeline():  # type: ignore[attr-defined]  # our engine's
            cursor.execute("SELECT 1")
            before = state_of(process)
        after = state_of(process)

        assert cursor.fetchall() == [(1,)]
        assert (before, after) == ("idle", "idle in transaction")


def test_what_failed_is_told_not_what_followed_it() -> None:
    twice, other = make_user(), User(email="new@maillage.example", password="!", joined_at=NOW)

    with pytest.raises(IntegrityError, match="email"), transaction.atomic():
        insert(User(email=twice.email, password="!", joined_at=NOW), other)

    assert list(User.objects.all()) == [twice]


def test_what_is_sent_together_is_undone_together() -> None:
    with transaction.atomic():
        insert(*(User(email=f"{name}@m.example", password="!", joined_at=NOW) for name in "ab"))
        transaction.set_rollback(True)

    assert not User.objects.exists()


def test_what_is_asked_again_has_the_cursor_that_it_had_two_at_once_have_two() -> None:
    with connection.lent_cursors(["a", "b"]) as first:  # type: ignore[attr-defined]  # as above
        pass
    with connection.lent_cursors(["b", "b"]) as second:  # type: ignore[attr-defined]  # as above
        pass

    assert second[0].cursor is first[1].cursor
    assert second[1].cursor not in [one.cursor for one in first]
