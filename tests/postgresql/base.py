"""The product's PostgreSQL, emptied between tests by deleting rows instead of truncating tables.

TRUNCATE makes and syncs a new file for each of our tables and their indexes, up to a second after
each test that commits; the few rows of a test are deleted in milliseconds. Foreign keys need no
order: Django makes them deferred, and the statements are one transaction.

What migrating filled in by `post_migrate` stays. Django would delete it too, and then look for
what is missing in each app: most of what emptying cost.
"""

from typing import Any

from django.core.management.commands import flush

from billing.ledger.guard import WRITTEN_ONCE
from config.postgresql import base

#: The kinds of rows and the permissions on them: those of the code, which no test changes.
STAYING = {"django_content_type", "auth_permission"}

# `flush` has an option for it, but Django's test cases do not set it. The stubs leave the name out.
flush.emit_post_migrate_signal = lambda *which, **how: None  # type: ignore[attr-defined]


class DatabaseOperations(base.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Any, **options: Any) -> list[str]:
        """Return one statement that deletes every row; whoever wants more gets Django's own."""
        if any(options.values()):
            return super().sql_flush(style, tables, **options)
        names = [self.quote_name(table) for table in tables if table not in STAYING]
        guarded = [self.quote_name(table) for table in tables if table in WRITTEN_ONCE]
        without = [f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in guarded]
        again = [f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in guarded]
        deleted = [f"DELETE FROM {name};" for name in names]
        # A table whose foreign keys are still to be checked cannot be altered.
        checked = ["SET CONSTRAINTS ALL IMMEDIATE;"] if guarded else []
        return ["".join([*without, *deleted, *checked, *again])]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
