"""The product's SQLite, whose tables written once can be emptied between tests."""

from typing import Any

from django.db.backends.sqlite3 import base, operations

from billing.ledger.guard import names


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Any, **options: Any) -> list[str]:
        """Take the triggers away first; after its flush Django has them made anew."""
        without = [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names())]
        return [*without, *super().sql_flush(style, tables, **options)]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
