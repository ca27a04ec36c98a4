"""Django's PostgreSQL, that says soon when it is away and never lends a broken connection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import POLLIN, poll
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg._preparing import PrepareManager
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg_pool import ConnectionPool, PoolTimeout

from config.databases import PREPARES
from config.gate import Gate
from config.postgresql.batches import batch

#: One caller a second tries a database that was away; the others are refused at once.
GATE = Gate(pause_s=1)
#: A connection that was in use so shortly ago is asked again only if something came in meanwhile.
RESTED_S = 1.0


class JsonText(Loader):
    """Leaves JSON for the model's field to read, as Django's own loader does for text."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        """Return the text behind the format's number, one byte."""
        return bytes(data)[1:].decode()


class PreparedCursor(base.ServerBindingCursor):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement that the server keeps the plan of: planning costs as much as running.

        Rows come as the server has them, so that C reads instants, not Python their text.
        """
        return super().execute(query, params, **options, prepare=True, binary=True)  # type: ignore[misc]  # as above


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return what was executed; of a statement that is prepared, with places for its values."""
        return super().last_executed_query(cursor, sql, params) or sql


class Plans(PrepareManager):
    """What a connection keeps prepared, also when a transaction is rolled back.

    psycopg forgets all of it then, as what is prepared may be of a table that is no more. Pages
    make no tables; and a refusal rolls back, so that a busy connection would plan all anew.
    """

    def clear(self) -> bool:
        """Keep what is prepared."""
        return False


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def _configure_connection(self, connection: Any) -> bool:
        """Have a new connection keep what it has prepared, which psycopg has no setting for."""
        threshold = connection.prepare_threshold
        connection._prepared = Plans()
        connection.prepare_threshold = threshold
        configured: bool = super()._configure_connection(connection)  # type: ignore[misc]  # no stub
        return configured

    def get_connection_params(self) -> dict[str, Any]:
        """Return Django's, and how to read JSON in either format."""
        params: dict[str, Any] = super().get_connection_params()
        params["context"].register_loader("jsonb", JsonText)
        return params

    @contextmanager
    def pipeline(self) -> Iterator[None]:
        """Send what is executed inside without waiting for its answers, which are there after it.

        They are executed in turn. After one that fails none is, and its error is raised.
        """
        self.ensure_connection()
        with self.wrap_database_errors, batch(self.connection):
            yield

    @contextmanager
    def lent_cursors(self, kinds: Sequence[object]) -> Iterator[list[Any]]:
        """Lend a cursor for each statement of those kinds, the one that the last of its kind had.

        What psycopg found out then, how values are told and read, it need not find out again.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            kept = vars(self.connection).setdefault("cursors_by_kind", {})
            cursors = [kept.pop(kind, None) or self._new_cursor() for kind in kinds]
            yield [self._prepare_cursor(one) for one in cursors]  # type: ignore[attr-defined]  # no stub
            kept.update(zip(kinds, cursors, strict=True))

    def _new_cursor(self) -> Any:
        if not PREPARES:
            return self.connection.cursor()
        return PreparedCursor(self.connection)  # type: ignore[call-arg]  # as above

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

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.rests_since = monotonic()
        super()._close()  # type: ignore[misc]  # as above

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
    """Tell whether the server still answers on `connection`; one just used is not asked again."""
    if rested_s(connection) < RESTED_S and not has_news(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True


def rested_s(connection: Any) -> float:
    """Return for how long nobody had the connection."""
    return monotonic() - getattr(connection, "rests_since", -RESTED_S)


def has_news(connection: Any) -> bool:
    """Tell whether something came in that nobody asked for: a server that stops says good-bye."""
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    return bool(waiting.poll(0))


def is_full(pool: "ConnectionPool[Any]") -> bool:
    """Tell whether a pool has all its connections, so that waiting was for others, not for it."""
    return pool.get_stats()["pool_size"] >= pool.max_size
