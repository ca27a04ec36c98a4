"""A SQLite file of ours is one for every tool: nothing in it needs functions that Django brings."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from billing.ledger.guard import WRITTEN_ONCE
from bookings.models import Allocation
from tests.config.addresses import make_world
from tests.factories import TUESDAY, at

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no such file"),
]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Copy the test's database, and open the copy with Python's library alone."""
    make_world()
    path = tmp_path / "copy.sqlite3"
    path.write_bytes(connection.connection.serialize())
    plain = sqlite3.connect(path, isolation_level=None)
    yield plain
    plain.close()


def tables(file: sqlite3.Connection) -> list[str]:
    rows = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if not name.startswith("sqlite_")]


def test_the_file_is_whole_and_can_be_compacted(file: sqlite3.Connection) -> None:
    file.execute("VACUUM")

    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_dump_makes_the_same_database(file: sqlite3.Connection) -> None:
    copy = sqlite3.connect(":memory:")
    copy.executescript("\n".join(file.iterdump()))

    assert tables(copy) == tables(file)
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy.close()


def test_rows_of_every_table_can_be_written(file: sqlite3.Connection) -> None:
    written = set()
    for table in set(tables(file)) - WRITTEN_ONCE.keys():
        # Told but not done, also for a table without rows: checks and indexes are read here.
        file.execute(f'EXPLAIN INSERT INTO "{table}" DEFAULT VALUES')
        columns = [row[1] for row in file.execute(f'PRAGMA table_info("{table}")')]
        file.execute(f'UPDATE "{table}" SET ' + ", ".join(f'"{one}" = "{one}"' for one in columns))
        rows = file.execute(f'SELECT * FROM "{table}"').fetchall()
        file.execute(f'DELETE FROM "{table}"')
        places = ", ".join("?" * len(columns))
        file.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
        written |= {table} if rows else set()

    assert {"bookings_booking", "bookings_allocation", "network_user", "sites_site"} <= written


def test_what_is_guarded_is_guarded_from_other_tools_too(file: sqlite3.Connection) -> None:
    copied = "INSERT INTO bookings_allocation SELECT 99, {} FROM bookings_allocation"
    names = [row[1] for row in file.execute("PRAGMA table_info(bookings_allocation)")][1:]

    with pytest.raises(sqlite3.IntegrityError, match="allocation_unit_not_shared"):
        file.execute(copied.format(", ".join(names)))
    with pytest.raises(sqlite3.IntegrityError, match="allocation_within_a_day"):
        file.execute("UPDATE bookings_allocation SET ends_at = '2026-11-26 09:00:00'")


@pytest.mark.parametrize("microseconds", [0, 1, 999_999])
def test_25_hours_are_told_to_the_microsecond(microseconds: int) -> None:
    make_world()
    row = Allocation.objects.confirmed().get()
    row.starts_at = at(TUESDAY, "09:00") + timedelta(microseconds=microseconds)
    row.ends_at = row.starts_at + timedelta(hours=25)
    row.save()
    row.validate_constraints()
    row.ends_at += timedelta(microseconds=1)

    with pytest.raises(IntegrityError, match="allocation_within_a_day"), transaction.atomic():
        row.save()
