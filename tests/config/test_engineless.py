"""What asks no engine runs on one of them; whoever asks all the same is told so."""

import os
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import connection

from network.models import User
from tests.engineless import asks_no_engine


def item(*fixtures: str, mark: str = "") -> Mock:
    return Mock(fixturenames=[*fixtures], get_closest_marker=lambda name: name == mark)


def test_a_test_without_database_and_browser_asks_no_engine() -> None:
    assert asks_no_engine(item("settings", "tmp_path"))


@pytest.mark.parametrize("mark", ["django_db", "browser", "skipif", "engines"])
def test_a_mark_tells_of_an_engine(mark: str) -> None:
    assert not asks_no_engine(item("settings", mark=mark))


@pytest.mark.parametrize("fixture", ["db", "live_server", "client", "template"])
def test_a_fixture_tells_of_an_engine(fixture: str) -> None:
    assert not asks_no_engine(item("settings", fixture))


def test_rows_are_refused() -> None:
    with pytest.raises(pytest.fail.Exception, match="the mark `engines`"):
        User.objects.count()


def test_the_dialect_of_an_engine_is_refused() -> None:
    with pytest.raises(pytest.fail.Exception, match="the mark `engines`"):
        str(connection.vendor)


def test_the_cache_is_refused() -> None:
    with pytest.raises(pytest.fail.Exception, match="the mark `engines`"):
        cache.get("key")


def test_processes_are_told_of_no_engine() -> None:
    assert os.environ["DATABASE_URL"] == "postgres://nobody@127.0.0.1:1/none"
    assert os.environ["REDIS_URL"] == "redis://127.0.0.1:1"


@pytest.mark.engines
def test_a_test_that_says_so_may_ask_for_the_dialect() -> None:
    assert connection.vendor in {"sqlite", "postgresql"}
