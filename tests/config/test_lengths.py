"""What PostgreSQL sees in short, it sees all of where that is asked for."""

import os
from collections.abc import Callable
from unittest.mock import Mock

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import lengths


@pytest.fixture
def drawing() -> Mock:
    """Return a test that asks for forty examples."""

    @settings(max_examples=40)
    @given(st.integers())
    def test(number: int) -> None: ...

    return Mock(function=test, fixturenames=["settings"])


def seen(item: Mock) -> int:
    number: int = getattr(item.function, lengths.KEPT).max_examples
    return number


def marks(item: Mock) -> list[str]:
    return [call.args[0] for call in item.add_marker.call_args_list]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what says which engine there is."""
    monkeypatch.delenv("LONG", raising=False)
    return lambda vendor: monkeypatch.setattr(lengths, "connection", Mock(vendor=vendor))


def test_postgresql_sees_one_drawn_example_in_four(
    drawing: Mock, on: Callable[[str], None]
) -> None:
    on("postgresql")

    lengths.mark(drawing)
    lengths.mark(drawing)  # another parameter of it

    assert seen(drawing) == 10
    assert marks(drawing) == ["drawn", "drawn"]


def test_sqlite_sees_all_of_them(drawing: Mock, on: Callable[[str], None]) -> None:
    on("sqlite")

    lengths.mark(drawing)

    assert seen(drawing) == 40
    assert marks(drawing) == ["drawn"]


def test_so_does_postgresql_in_the_long_form(
    drawing: Mock, on: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on("postgresql")
    monkeypatch.setenv("LONG", "1")

    lengths.mark(drawing)

    assert seen(drawing) == 40


@pytest.mark.parametrize(("asked", "drawn"), [(100, 25), (12, 5), (3, 3)])
def test_few_examples_stay_as_many(asked: int, drawn: int) -> None:
    assert lengths.short(asked) == drawn


def test_what_asks_for_the_whole_demo_runs_once() -> None:
    item = Mock(function=None, fixturenames=["demo"])

    lengths.mark(item)

    assert marks(item) == ["once"]


@pytest.mark.engines
@given(st.integers())
def test_this_test_is_as_long_as_its_engine_has_it(number: int) -> None:
    kept = getattr(test_this_test_is_as_long_as_its_engine_has_it, lengths.KEPT)
    is_short = connection.vendor == "postgresql" and os.environ.get("LONG") != "1"

    assert kept.max_examples == (25 if is_short else 100)
