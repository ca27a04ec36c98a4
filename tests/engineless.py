"""Which tests ask no engine, so that one of them is enough; and what keeps them to it.

Nobody has to say so: a test that may use neither database nor browser is one. What it could still
ask, the dialect of a connection or the cache, fails it: it needs the mark `engines` then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache
from django.db.utils import ConnectionHandler

#: Marks and fixtures of tests that ask an engine. `skipif`: by which engine there is, as a rule.
MARKS = ("engines", "django_db", "browser", "skipif")
FIXTURES = {"db", "transactional_db", "live_server", "client", "django_db_setup", "template"}
#: Where nobody listens, for the processes that such a test starts.
NOBODY = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1"}


def asks_no_engine(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return not (FIXTURES & fixtures or any(item.get_closest_marker(mark) for mark in MARKS))


def refuse(*asked: object, **options: object) -> Any:
    """Fail the test that asked."""
    pytest.fail("This test asks an engine: let it have the mark `engines`, or `django_db`.")


class NoCache(BaseCache):
    """The cache of tests that ask none."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    add = get = set = touch = delete = get_many = set_many = has_key = incr = clear = refuse


@contextmanager
def nothing_to_ask() -> Iterator[None]:
    """Refuse every connection, its dialect too, here and in processes started meanwhile.

    The thread of a live server may still be ending what a test before asked of it.
    """
    usual, own_thread = ConnectionHandler.__getitem__, get_ident()

    def asked(handler: ConnectionHandler, alias: str) -> Any:
        return refuse() if get_ident() == own_thread else usual(handler, alias)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ConnectionHandler, "__getitem__", asked)
        for name, address in NOBODY.items():
            patch.setenv(name, address)
        yield
