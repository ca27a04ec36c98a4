"""New rows, written by statements that are compiled once for each model and engine."""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

from network.sql import together

#: By model, engine, and whether the database gives the key: the SQL and its columns.
INSERTIONS: dict[tuple[type[Model], str, bool], tuple[str, "list[Field[Any, Any]]"]] = {}


def insert(*rows: Model) -> None:
    """Write new rows in turn, as `save(force_insert=True)` does, without signals.

    Each gets its key, unless it brings one, that of a `NextKey`, for rows that name one another.
    """
    together(*map(Insertion, rows))


@dataclass(slots=True)
class Insertion:
    """The writing of one new row."""

    row: Model

    @property
    def kind(self) -> object:
        """Return which rows are written by the same SQL."""
        return type(self.row), self.row.pk is None

    def execute(self, cursor: CursorWrapper) -> None:
        """Send the row."""
        sql, fields = insertion(self.row, cursor.db.vendor)
        values = [one.get_db_prep_save(one.pre_save(self.row, True), cursor.db) for one in fields]
        cursor.execute(sql, values)

    def fetch(self, cursor: CursorWrapper) -> None:
        """Have the row know its key."""
        found = cursor.fetchone()
        assert found is not None
        self.row.pk = found[0]
        self.row._state.adding, self.row._state.db = False, DEFAULT_DB_ALIAS


def insertion(row: Model, vendor: str) -> tuple[str, "list[Field[Any, Any]]"]:
    """Return the statement that writes such a row and tells its key, and the columns it takes."""
    kind = type(row), vendor, row.pk is None
    if kind not in INSERTIONS:
        meta = row._meta
        without = meta.auto_field if row.pk is None else None
        fields = [one for one in meta.local_concrete_fields if one is not without]
        query = InsertQuery(type(row))
        query.insert_values(fields, [row])
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        compiler.returning_fields = [meta.pk]
        ((sql, _values),) = compiler.as_sql()
        INSERTIONS[kind] = sql, fields
    return INSERTIONS[kind]


@dataclass(slots=True)
class NextKey:
    """The key that the next new row of a model would get: nobody else gets it.

    On SQLite that is so because whoever asks is in a transaction that writes, as all of ours are.
    """

    model: type[Model]
    value: int = 0

    @property
    def kind(self) -> object:
        """Return that all keys are asked for by the same SQL."""
        return type(self)

    def execute(self, cursor: CursorWrapper) -> None:
        """Send the question."""
        table = self.model._meta.db_table
        if cursor.db.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        else:
            sql = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = %s"
            cursor.execute(sql, [table])

    def fetch(self, cursor: CursorWrapper) -> None:
        """Take the key."""
        ((self.value,),) = cursor.fetchall()
