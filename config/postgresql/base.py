"""Django's PostgreSQL, that says soon when it is away and never lends a broken connection."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool, PoolTimeout

from config.databases import PREPARES
from config.gate import Gate

#: One caller a second tries a database that was away; the others are refused at once.
GATE = Gate(pause_s=1)


class PreparedCursor(base.ServerBindingCursor):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement that the server keeps the plan of: planning costs as much as running."""
        return super().execute(query, params, **options, prepare=True)  # type: ignore[misc]  # as above


class DatabaseWrapper(base.DatabaseWrapper):
    def prepared_cursor(self) -> Any:
        """Return a cursor for statements that are the same each time but for their values."""
        if not PREPARES:
            return self.cursor()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined, call-arg]  # as above

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that works. Raises psycopg.OperationalError soon when none does."""
        if not GATE.lets_in():
            raise psycopg.OperationalError("The database was away a moment ago.")
        try:
            connection = self._working_connection(conn_params)
        except PoolTimeout:
            if not is_full(self.pool):
                GATE.shut()
            raise
        except psycopg.OperationalError:
            GATE.shut()
            raise
        GATE.open()
        return connection

    def _working_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if not self.pool or works(connection):
            return connection
        # A restart breaks all of them at once: the pool's own check would try one after the other
        # and sleep in between.
        self.pool.drain()
        self.pool.putconn(connection)
        return super().get_new_connection(conn_params)


def works(connection: Any) -> bool:
    """Tell whether the server still answers on `connection`."""
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True


def is_full(pool: "ConnectionPool[Any]") -> bool:
    """Tell whether a pool has all its connections, so that waiting was for others, not for it."""
    return pool.get_stats()["pool_size"] >= pool.max_size
