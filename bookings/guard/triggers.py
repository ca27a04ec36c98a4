"""SQLite's half of the promise that no unit is shared: it has no exclusion constraint."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "bookings_allocation"
#: What the trigger says; `bookings.errors` knows it by this word.
UNIT_SHARED = "allocation_unit_not_shared"

# The allocations that hold one unit never overlap, so only the first to end after the new one
# starts can clash: one step in the index, however many bookings there are.
CLASH = f"""
    SELECT RAISE(ABORT, '{UNIT_SHARED}') WHERE (
        SELECT other.starts_at FROM {TABLE} AS other
        WHERE other.unit_id = NEW.unit_id
          AND other.status IN ('held', 'confirmed')
          AND other.ends_at > NEW.starts_at
          AND other.id IS NOT NEW.id
        ORDER BY other.ends_at LIMIT 1
    ) < NEW.ends_at;
"""
WHEN = "WHEN NEW.unit_id IS NOT NULL AND NEW.status IN ('held', 'confirmed')"
TRIGGERS = {
    "allocation_unit_not_shared_insert": f"BEFORE INSERT ON {TABLE} {WHEN}",
    "allocation_unit_not_shared_update": (
        f"BEFORE UPDATE OF unit_id, starts_at, ends_at, status ON {TABLE} {WHEN}"
    ),
}
INDEX = f"""
    CREATE INDEX IF NOT EXISTS allocation_first_clash ON {TABLE} (unit_id, ends_at, starts_at)
    WHERE status IN ('held', 'confirmed')
"""


def install_triggers(using: str = "default", **kwargs: Any) -> None:
    """Make the triggers and their index anew (SQLite only; nothing before the table exists)."""
    connection = connections[using]
    if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(INDEX)
        for name, event in TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {event} BEGIN {CLASH} END")


def missing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of triggers that the database lacks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return TRIGGERS.keys() - {row[0] for row in cursor.fetchall()}


@register(Tags.database)
def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a SQLite database whose allocations are not guarded."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names():
            continue
        if missing := missing_triggers(connection):
            errors.append(
                Error(
                    f"The database lacks the triggers {', '.join(sorted(missing))}.",
                    hint="Run manage.py migrate.",
                    id="bookings.E001",
                )
            )
    return errors
