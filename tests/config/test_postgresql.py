"""A connection that was just in use is lent again unasked, unless something came in meanwhile."""

import socket
from collections.abc import Iterator
from time import monotonic
from types import SimpleNamespace

import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from config.postgresql import base

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="It is PostgreSQL's pool")


class Line(SimpleNamespace):
    """One end of a connection; `asked` counts how often the other end was asked for an answer."""

    def fileno(self) -> int:
        return int(self.here.fileno())


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    here, there = socket.socketpair()
    made = Line(here=here, there=there, asked=0)

    def check(one: Line) -> None:
        one.asked += 1

    monkeypatch.setattr(ConnectionPool, "check_connection", check)
    with here, there:
        yield made


def test_one_that_was_just_in_use_is_not_asked(line: Line) -> None:
    line.rests_since = monotonic()

    assert base.works(line)
    assert line.asked == 0


@pytest.mark.parametrize("last_words", [b"terminating connection", b""])
def test_one_on_which_the_server_said_good_bye_or_left_is_asked(
    line: Line, last_words: bytes
) -> None:
    line.rests_since = monotonic()
    line.there.sendall(last_words)
    line.there.close()

    base.works(line)

    assert line.asked == 1


@pytest.mark.parametrize("rests", [None, 1.5])
def test_one_that_rested_or_is_new_is_asked(line: Line, rests: float | None) -> None:
    if rests is not None:
        line.rests_since = monotonic() - rests

    base.works(line)

    assert line.asked == 1
