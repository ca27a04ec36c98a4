"""PostgreSQL's half of the promise that no unit is shared; instants that any SQLite can reckon."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.translation import gettext_lazy as _


class TsTzRange(models.Func):
    """The half-open range between two instants."""

    function = "TSTZRANGE"


class HoursLater(models.Func):
    """The instant `hours` after another.

    Django's own sum calls, on SQLite, a function that it brings along: in a CHECK it would make the
    file unwritable to every other tool. The fraction of a second is kept aside, for SQLite rounds.
    """

    template = "(%(expressions)s + INTERVAL '%(hours)s hours')"
    output_field = models.DateTimeField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL of SQLite alone, where instants are text."""
        sql, params = super().as_sql(
            compiler,
            connection,
            template=(
                "(datetime(substr(%(expressions)s, 1, 19), '+%(hours)s hours')"
                " || substr(%(expressions)s, 20))"
            ),
            **context,
        )
        return sql, (*params, *params)


def is_postgresql(schema_editor: BaseDatabaseSchemaEditor | None) -> bool:
    """Tell whether the schema is PostgreSQL's."""
    return schema_editor is not None and schema_editor.connection.vendor == "postgresql"


class PostgresExclusion(ExclusionConstraint):
    """An exclusion constraint that other engines pass over (SQLite has triggers instead)."""

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Return the SQL, on PostgreSQL only."""
        if not is_postgresql(schema_editor):
            return None
        return super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Return the SQL, on PostgreSQL only."""
        if not is_postgresql(schema_editor):
            return None
        return super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Return the SQL, on PostgreSQL only."""
        if not is_postgresql(schema_editor):
            return None
        return super().remove_sql(model, schema_editor)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Leave it to the database: allocations are written by actions, not by forms."""


def unit_not_shared(name: str, active: models.Q) -> PostgresExclusion:
    """Return the rule that two active rows never hold one unit at one instant."""
    return PostgresExclusion(
        name=name,
        expressions=[
            ("unit", RangeOperators.EQUAL),
            (TsTzRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
        ],
        condition=active,
        violation_error_message=_("The unit is taken at that time."),
        violation_error_code=name,
    )


class BtreeGist(BtreeGistExtension):
    """The extension that exclusion constraints need; other engines pass over it, both ways."""

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        """Leave the extension in place: other applications of the database may use it."""
