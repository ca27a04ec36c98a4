"""What is asked together with a lock is as true as if the lock had been waited for before."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import BigIntegerField, Q, QuerySet

from network.models import User
from network.sql import Given, kept, together
from tests.factories import NOW, make_user
from tests.network.test_sql import joined_since


@kept
def locked_person() -> QuerySet[User, tuple[int]]:
    mine = Q(pk=Given("person", BigIntegerField()))
    return User.objects.select_for_update(no_key=True).filter(mine).values_list("pk")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite waits for one writer at once")
@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_for_a_lock_among_others_is_told_as_ever() -> None:
    person = make_user(joined_at=NOW)

    def impatient() -> str:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '50ms'")
                read = joined_since(False).asked(since=NOW)
                together(read, locked_person().asked(person=person.pk), read)
        except OperationalError as error:
            return type(error.__cause__).__name__
        finally:
            connection.close()
        return "nothing"

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        locked_person().read(person=person.pk)
        told = other.submit(impatient).result()

    assert told == "LockNotAvailable"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite waits for one writer at once")
@pytest.mark.django_db(transaction=True)
def test_what_is_asked_after_a_lock_is_what_was_committed_before_the_lock_was_had() -> None:
    person = make_user(joined_at=NOW, name="before")
    is_waiting = Event()

    def waits_and_reads() -> list[tuple[Any, ...]]:
        after = joined_since(False).asked(since=NOW)
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                is_waiting.set()
                together(locked_person().asked(person=person.pk), after)
        finally:
            connection.close()
        return after.rows

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            locked_person().read(person=person.pk)
            waiting = other.submit(waits_and_reads)
            is_waiting.wait(10)
            User.objects.filter(pk=person.pk).update(name="after")
        told = waiting.result()

    assert [row[2] for row in told] == ["after"]
