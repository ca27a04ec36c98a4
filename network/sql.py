"""Statements of the ORM whose SQL is compiled once for each shape, and afterwards only executed.

Building and compiling a query costs the ORM ten times what the database needs to answer it. A
function that is `kept` says the query with the ORM, with `Given` in the place of each value; its
arguments are the query's shape: which conditions it has, never what they compare with.

    @kept
    def later_than(with_names: bool) -> QuerySet[Site, tuple[int, str]]: ...

    later_than(True).read(instant=now)
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple, Unpack

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Expression,
    F,
    Field,
    Func,
    QuerySet,
)
from django.db.models.expressions import BaseExpression
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row_co = TypeVar("Row_co", covariant=True)
Shape = TypeVarTuple("Shape")
Values = Mapping[str, Any]
Make = Callable[[tuple[Any, ...]], Any]
Sql = tuple[str, tuple[Any, ...]]

#: Of one query: more shapes than people ask for; those asked for long ago are compiled again.
MOST_SHAPES = 256


class Given(Expression):
    """A value of a field's type that is told at each execution, under `name`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        """Return a place for the value."""
        return "%s", (self,)

    def adapted(self, values: Values, connection: BaseDatabaseWrapper) -> object:
        """Return the value as the database's own library takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Among(Func):
    """Whether a column's value is among those told at each execution, however many they are."""

    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, column: str, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(F(column))
        self.name = name
        self.of_field = output_field

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        """Compare with an array."""
        column, parameters = super().as_sql(compiler, connection, **context)
        kind = self.of_field.cast_db_type(connection)
        return f"{column} = ANY(%s::{kind}[])", (*parameters, Listed(self.name))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Sql:
        """Compare with a list in JSON, as SQLite has no arrays."""
        column, parameters = super().as_sql(compiler, connection, **context)
        listed = "(SELECT value FROM json_each(%s))"
        return f"{column} IN {listed}", (*parameters, Listed(self.name))


class Whole(BaseExpression):
    """Made with another expression: a whole number, as either database's library reads it.

    Django would convert it once more, row by row.
    """

    output_field = BigIntegerField()

    @property
    def convert_value(self) -> Any:
        """Return what Django takes for no conversion."""
        return self._convert_value_noop  # type: ignore[attr-defined]  # Django's own


#: One that is told with the query, or at each execution of it.
Instant = datetime | Given


@dataclass(frozen=True, slots=True)
class Listed:
    """Numbers or words that are told at each execution, under `name`."""

    name: str

    def adapted(self, values: Values, connection: BaseDatabaseWrapper) -> object:
        """Return a list, which becomes PostgreSQL's array; for SQLite, in JSON."""
        told = list(values[self.name])
        return told if connection.vendor == "postgresql" else json.dumps(told)


@dataclass(frozen=True, slots=True)
class Kept(Generic[Row_co]):
    """A compiled query of one shape on one engine."""

    alias: str
    sql: str
    parameters: tuple[Any, ...]
    converters: Mapping[int, tuple[list[Callable[..., Any]], Any]]
    make: Make | None

    def read(self, **values: Any) -> list[Row_co]:
        """Return the rows, as the query set would, for those values."""
        asked = self.asked(**values)
        together(asked)
        return asked.rows

    def asked(self, **values: Any) -> "Asked[Row_co]":
        """Return the query with its values, to be asked `together` with others."""
        return Asked(self, values)

    def told(self, values: Values, connection: BaseDatabaseWrapper) -> list[Any]:
        """Return the values in the order of the statement."""
        return [
            one.adapted(values, connection) if isinstance(one, Given | Listed) else one
            for one in self.parameters
        ]

    def made(self, rows: list[Any], connection: BaseDatabaseWrapper) -> list[Row_co]:
        """Return what the query set would make of the database's rows."""
        if self.converters:
            rows = [converted(row, self.converters, connection) for row in rows]
        return rows if self.make is None else [self.make(row) for row in rows]


class Statement(Protocol):
    """What can be asked together with others."""

    @property
    def kind(self) -> object:
        """Return what is the same of all that have the same SQL."""

    def execute(self, cursor: CursorWrapper) -> None:
        """Send it."""

    def fetch(self, cursor: CursorWrapper) -> None:
        """Take what it answers."""


@dataclass(slots=True)
class Asked(Generic[Row_co]):
    """A kept query with its values; it has its rows once it was asked."""

    query: Kept[Row_co]
    values: Values
    rows: list[Row_co] = field(default_factory=list)

    @property
    def kind(self) -> object:
        """Return the SQL."""
        return self.query.sql

    def execute(self, cursor: CursorWrapper) -> None:
        """Send the query."""
        cursor.execute(self.query.sql, self.query.told(self.values, cursor.db))

    def fetch(self, cursor: CursorWrapper) -> None:
        """Take the rows, as the query set would give them."""
        self.rows = self.query.made(cursor.fetchall(), cursor.db)


def together(*statements: Statement) -> None:
    """Execute statements in turn: on PostgreSQL in one go, without waiting for each answer.

    Each sees what the ones before it did, and what others had committed when its own turn came:
    what is read after a lock is as true as if the lock had been waited for before asking.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        for one in statements:
            with connection.cursor() as cursor:
                one.execute(cursor)
                one.fetch(cursor)
        return
    with connection.lent_cursors([one.kind for one in statements]) as cursors:
        in_one_go = connection.pipeline() if len(statements) > 1 else nullcontext()
        with in_one_go:
            for one, cursor in zip(statements, cursors, strict=True):
                one.execute(cursor)
        for one, cursor in zip(statements, cursors, strict=True):
            one.fetch(cursor)


def converted(
    row: tuple[Any, ...],
    converters: Mapping[int, tuple[list[Callable[..., Any]], Any]],
    connection: BaseDatabaseWrapper,
) -> tuple[Any, ...]:
    """Return a row of the database with the types of its columns."""
    values = list(row)
    for place, (steps, expression) in converters.items():
        for step in steps:
            values[place] = step(values[place], expression, connection)
    return tuple(values)


def kept(
    build: Callable[[Unpack[Shape]], QuerySet[Any, Row_co]],
) -> Callable[[Unpack[Shape]], Kept[Row_co]]:
    """Have the query that `build` returns compiled once for each of its arguments and engines."""

    @lru_cache(maxsize=MOST_SHAPES)
    def compiled(alias: str, vendor: str, *shape: Any) -> Kept[Row_co]:
        return compile_once(build(*shape), alias)

    @wraps(build)
    def shaped(*shape: *Shape) -> Kept[Row_co]:
        return compiled(DEFAULT_DB_ALIAS, connections[DEFAULT_DB_ALIAS].vendor, *shape)

    return shaped


def compile_once(rows: QuerySet[Any, Row_co], alias: str) -> Kept[Row_co]:
    """Return the query set as SQL, with what makes of each row what the query set would."""
    compiler = rows.query.get_compiler(using=alias)
    # Django compiles a lock only inside of a transaction, also one that is asked later, in another.
    is_lock = rows.query.select_for_update
    with transaction.atomic(alias, savepoint=False) if is_lock else nullcontext():
        sql, parameters = compiler.as_sql()
    if connections[alias].vendor == "postgresql":
        sql, parameters = with_constants(sql, parameters, connections[alias])
    columns = [expression for expression, _sql, _alias in compiler.select or ()]
    make = maker(compiler, alias) if issubclass(rows._iterable_class, ModelIterable) else None
    return Kept(alias, sql, tuple(parameters), compiler.get_converters(columns), make)


def with_constants(sql: str, parameters: Sequence[Any], connection: Any) -> Sql:
    """Return a statement of PostgreSQL with its constants written in, and the values to tell.

    A plan that is kept may use the index of a condition only if it knows what is compared with:
    without, the status of an allocation had every search planned anew.
    """
    places = iter(parameters)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%" or isinstance(value := next(places), Given | Listed):
            return found[0]
        constant: str = connection.ops.compose_sql("%s", [value])
        return constant.replace("%", "%%")

    text = re.sub("%%|%s", written, sql)
    return text, tuple(one for one in parameters if isinstance(one, Given | Listed))


def maker(compiler: SQLCompiler, alias: str) -> Make:
    """Return what makes a model's instance of a row, as `ModelIterable` does."""
    select, info = compiler.select, compiler.klass_info
    assert select is not None
    assert info is not None
    own: list[int] = info["select_fields"]
    start, end = own[0], own[-1] + 1
    names = [expression.target.attname for expression, *_rest in select[start:end]]
    populators = get_related_populators(info, select, alias)  # type: ignore[call-arg]  # Django 5.2
    annotated = compiler.annotation_col_map or {}

    def made(row: tuple[Any, ...]) -> Any:
        instance = info["model"].from_db(alias, names, row[start:end])
        for populator in populators:
            populator.populate(row, instance)
        for name, place in annotated.items():
            setattr(instance, name, row[place])
        return instance

    return made
