"""SQLite's tables that are written once can be emptied between tests."""

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper

from billing.ledger.guard import names

DatabaseOperations = DatabaseWrapper.ops_class
emptying = DatabaseOperations.sql_flush


def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
    """Take the triggers away first; after its flush Django has them made anew."""
    without = [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names())]
    return [*without, *emptying(self, style, tables, **options)]


# Not an engine of its own: pytest-django knows SQLite by its name.
DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
