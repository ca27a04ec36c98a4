"""The product's PostgreSQL, emptied between tests by deleting rows instead of truncating tables.

TRUNCATE makes and syncs a new file for each of our tables and their indexes, up to a second after
each test that commits; the few rows of a test are deleted in milliseconds. Foreign keys need no
order: Django makes them deferred, and the statements are one transaction.
"""

from typing import Any

from django.db.backends.postgresql import operations

from billing.ledger.guard import WRITTEN_ONCE
from config.postgresql import base


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Any, **options: Any) -> list[str]:
        """Return one statement that deletes every row; whoever wants more gets Django's own."""
        if any(options.values()):
            return super().sql_flush(style, tables, **options)
        guarded = [self.quote_name(table) for table in tables if table in WRITTEN_ONCE]
        without = [f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in guarded]
        deleted = [f"DELETE FROM {self.quote_name(table)};" for table in tables]
        again = [f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in guarded]
        return ["".join([*without, *deleted, *again])]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
