"""Statements that PostgreSQL is sent in one go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Pipeline
from psycopg.abc import PQGen
from psycopg.generators import send
from psycopg.pq import TransactionStatus

#: So many statements go ahead: the server is awake and at work while the others are told to it.
AHEAD = 3


class Batch(Pipeline):
    """A pipeline that is sent in two pieces at most, with BEGIN where a transaction begins.

    psycopg's sends each statement by itself, and waits for the answer to BEGIN: each is a call of
    the system, and wakes the server.
    """

    told = 0

    def _enter_gen(self) -> PQGen[None]:
        yield from super()._enter_gen()
        connection = self._conn
        if not connection.autocommit and self.pgconn.transaction_status == TransactionStatus.IDLE:
            yield from connection._exec_command(connection._get_tx_start_command())
            yield from self._communicate_gen()

    def _communicate_gen(self) -> PQGen[None]:
        """Tell the library what is to be sent; it waits for no answer."""
        while self.command_queue:
            self.command_queue.popleft()()
        self.told += 1
        if self.told == AHEAD:
            self.pgconn.flush()
        yield from ()

    def _exit_gen(self) -> PQGen[None]:
        """Send the rest, and take the answers in turn; the first error is raised."""
        self._enqueue_sync()
        yield from self._communicate_gen()
        yield from send(self.pgconn)
        yield from self._fetch_gen(flush=False)


@contextmanager
def batch(connection: Any) -> Iterator[None]:
    """Send what is executed inside in one go, at its end. It is not to be nested."""
    connection._pipeline = Batch(connection)
    try:
        with connection._pipeline:
            yield
    finally:
        connection._pipeline = None
