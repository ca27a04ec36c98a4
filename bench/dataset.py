"""Fill a benchmark's database: the network by the ORM, its bookings by SQL."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

from bench.databases import run_python, url_of

BOOKINGS_SQL = Path(__file__).with_name("bookings.sql")
TABLES = ["bookings_booking", "bookings_allocation"]
# Indexes and the exclusion constraint are made after the rows: minutes become seconds.
CONSTRAINTS = """
    SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', relname, conname),
           format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', relname, conname,
                  pg_get_constraintdef(con.oid))
    FROM pg_constraint con JOIN pg_class ON pg_class.oid = conrelid
    WHERE relname = ANY(%(tables)s) AND contype IN ('x', 'f')
"""
INDEXES = """
    SELECT format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
    WHERE tablename = ANY(%(tables)s) AND indexname NOT LIKE '%%_pkey'
      AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


class Size(NamedTuple):
    """How much there is of everything."""

    sites: int
    people: int
    bookings: int


def make_schema(name: str) -> None:
    """Make the tables in the database `name`, unless they are there."""
    run_python(name, "-m", "django", "migrate", "--verbosity=0")


def make_network(name: str, size: Size) -> None:
    """Make the sites and the people in the database `name`, which has its tables."""
    run_python(name, "-m", "bench.network", str(size.sites), str(size.people))


def make_bookings(name: str, size: Size, today: date) -> None:
    """Make the bookings in the database `name`, which has its network."""
    with closing(psycopg.connect(url_of(name), autocommit=True)) as connection:
        connection.execute("SET work_mem = '512MB'; SET maintenance_work_mem = '512MB'")
        rebuilt = definitions(connection)
        for drop, _create in rebuilt:
            execute(connection, drop)
        insert_bookings(connection, size, today)
        for _drop, create in reversed(rebuilt):
            execute(connection, create)
        connection.execute("VACUUM ANALYZE")


def definitions(connection: psycopg.Connection) -> list[tuple[str, str]]:
    """Return what drops, and what makes again, each index and constraint of the two tables."""
    return [
        row
        for query in (CONSTRAINTS, INDEXES)
        for row in connection.execute(query, {"tables": TABLES}).fetchall()
    ]


def execute(connection: psycopg.Connection, statement: str) -> None:
    """Run a statement that the database itself wrote."""
    connection.execute(sql.SQL(statement))


def insert_bookings(connection: psycopg.Connection, size: Size, today: date) -> None:
    """Write the bookings of two years."""
    values = {"people": size.people, "today": today, "bookings": size.bookings}
    with connection.transaction(), psycopg.ClientCursor(connection) as cursor:
        cursor.execute(BOOKINGS_SQL.read_text(), values)
