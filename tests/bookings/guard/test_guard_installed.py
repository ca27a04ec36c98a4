"""The guard stands in each database, and is missed where it does not."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.signals import post_migrate

from bookings.guard.triggers import TRIGGERS, check_triggers, install_triggers, missing_triggers
from bookings.models import Allocation
from tests.bookings.guard.rows import refused, row
from tests.factories import TUESDAY, at, make_space

pytestmark = pytest.mark.django_db
NINE, TEN, ELEVEN = at(TUESDAY, "09:00"), at(TUESDAY, "10:00"), at(TUESDAY, "11:00")


only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has the triggers")


only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL has the constraint"
)


@only_postgresql
def test_the_exclusion_constraint_is_there_and_valid() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT convalidated, contype FROM pg_constraint"
            " WHERE conname = 'allocation_unit_not_shared'"
        )

        assert cursor.fetchall() == [(True, "x")]


@only_sqlite
def test_the_triggers_are_there() -> None:
    assert missing_triggers(connection) == set()
    assert check_triggers(databases=["default"]) == []


@only_sqlite
@pytest.mark.parametrize("name", list(TRIGGERS))
def test_a_database_without_one_of_its_triggers_fails_the_check(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")

    (error,) = check_triggers(databases=["default"])

    assert error.id == "bookings.E001"
    assert name in error.msg


@only_sqlite
def test_each_trigger_guards_alone_what_it_is_for() -> None:
    unit = make_space().units.get()
    row(unit, NINE, TEN).save()
    elsewhere = row(unit, TEN, ELEVEN)
    elsewhere.save()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER allocation_unit_not_shared_update")

    assert refused(row(unit, NINE, TEN).save)
    assert not refused(Allocation.objects.filter(pk=elsewhere.pk).update, starts_at=NINE)


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_remade_table_loses_its_triggers_and_the_next_migrate_gives_them_back() -> None:
    unit = make_space().units.get()
    try:
        remake_table()
        assert missing_triggers(connection) == set(TRIGGERS)
        assert [error.id for error in check_triggers(databases=["default"])] == ["bookings.E001"]

        migrated()

        assert missing_triggers(connection) == set()
        row(unit, NINE, TEN).save()
        assert refused(row(unit, NINE, TEN).save)
    finally:
        install_triggers()


def remake_table() -> None:
    """Alter a column there and back, which on SQLite makes the table anew, twice."""
    field = Allocation._meta.get_field("status")
    wider = models.CharField(max_length=11)
    wider.set_attributes_from_name("status")
    wider.model = Allocation
    with connection.schema_editor() as editor:
        editor.alter_field(Allocation, field, wider)
    with connection.schema_editor() as editor:
        editor.alter_field(Allocation, wider, field)


def migrated() -> None:
    """Send what Django sends at the end of every migrate."""
    config = apps.get_app_config("bookings")
    post_migrate.send(sender=config, app_config=config, using="default", verbosity=0)
