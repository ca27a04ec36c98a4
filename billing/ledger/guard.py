"""What both engines refuse by themselves: to change or delete what was written once."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

#: Of charges, who they are of may be forgotten; nothing else changes.
CHARGE_COLUMNS = (
    *("key", "kind", "subject", "corrects_id", "operator_id", "site_id"),
    *("organisation_id", "on_account_of_id", "starts_at", "ends_at", "quantity"),
    *("unit_price_cents", "amount_cents", "group", "vat_regime", "vat_rate", "full_price_cents"),
    *("subsidy_id", "grid_id", "spent_pass_id", "made_at"),
    *("free_until", "late_percent", "late_hundredths"),
)
#: By table, the columns that nobody updates; none: all of them.
WRITTEN_ONCE: dict[str, Sequence[str]] = {
    "billing_transfer": (),
    "billing_checkpoint": (),
    "billing_charge": CHARGE_COLUMNS,
}
#: What the triggers say; `billing.errors` knows it by this word.
REFUSAL = "ledger_written_once"

FUNCTION = f"""
    CREATE OR REPLACE FUNCTION billing_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def events(table: str, there: Collection[str] = CHARGE_COLUMNS) -> Iterator[tuple[str, str]]:
    """Yield the triggers of a table that has those columns: name and event.

    On the way through migrations some are not there yet, or no more.
    """
    columns = ", ".join(f'"{one}"' for one in WRITTEN_ONCE[table] if one in there)
    yield f"{table}_never_deleted", "BEFORE DELETE"
    yield f"{table}_never_changed", f"BEFORE UPDATE OF {columns}" if columns else "BEFORE UPDATE"


def names() -> set[str]:
    """Return the names of all triggers that are the same on both engines."""
    return {name for table in WRITTEN_ONCE for name, _event in events(table)}


def statements(vendor: str, table: str, there: Collection[str]) -> Iterator[str]:
    """Yield the SQL that makes the triggers of one table of those columns anew."""
    for name, event in events(table, there):
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
            refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            yield f"CREATE TRIGGER {name} {event} ON {table} {refuse}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield (
                f"CREATE TRIGGER {name} {event} ON {table} FOR EACH ROW"
                " EXECUTE FUNCTION billing_written_once()"
            )
    if vendor == "postgresql":
        yield f"DROP TRIGGER IF EXISTS {table}_never_emptied ON {table}"
        yield (
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}"
            " EXECUTE FUNCTION billing_written_once()"
        )


def install_triggers(using: str = "default", **kwargs: Any) -> None:
    """Make the triggers anew; nothing before the tables exist."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and there >= WRITTEN_ONCE.keys():
            cursor.execute(FUNCTION)
        for table in WRITTEN_ONCE.keys() & there:
            told = connection.introspection.get_table_description(cursor, table)
            columns = {one.name for one in told}
            for statement in statements(connection.vendor, table, columns):
                cursor.execute(statement)


def missing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of triggers that the database lacks."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return names() - {row[0] for row in cursor.fetchall()}


@register(Tags.database)
def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a database whose ledger could be changed."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not WRITTEN_ONCE.keys() <= set(connection.introspection.table_names()):
            continue
        if missing := missing_triggers(connection):
            errors.append(
                Error(
                    f"The database lacks the triggers {', '.join(sorted(missing))}.",
                    hint="Run manage.py migrate.",
                    id="billing.E001",
                )
            )
    return errors
