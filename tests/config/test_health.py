"""Whoever runs the service asks it how it is; whoever asks learns no more than that."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from bookings.guard.triggers import install_triggers
from config import health


class BrokenCache(LocMemCache):
    def set(self, *args: object, **kwargs: object) -> None:
        raise ConnectionError("redis://:hunter2@cache is away")


def test_a_living_process_says_so_without_the_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_ready_process_names_its_parts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok",
        "migrations": "ok",
        "triggers": "ok",
        "cache": "ok",
    }


@pytest.mark.django_db
def test_it_is_not_ready_before_every_migration_is_applied(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("bookings", "0001_initial")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"] == "failed"
    assert answer.json()["database"] == "ok"


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a constraint instead")
def test_it_is_not_ready_without_the_triggers_that_guard_units(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER allocation_unit_not_shared_insert")

    answer = client.get("/readyz")
    install_triggers()
    mended = client.get("/readyz")

    assert (answer.status_code, answer.json()["triggers"]) == (503, "failed")
    assert mended.status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_without_its_cache_and_keeps_the_cause_to_itself(
    client: Client, settings: Settings
) -> None:
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.BrokenCache"}}
    assert isinstance(caches["default"], BrokenCache)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["cache"] == "failed"
    assert b"hunter2" not in answer.content


@pytest.mark.django_db
def test_it_is_not_ready_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> bool:
        raise OperationalError("connection to server at 10.0.0.1 failed")

    monkeypatch.setitem(health.PARTS, "database", away)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "failed")
    assert b"10.0.0.1" not in answer.content
