"""What is short on PostgreSQL, where each row costs more: SQLite has all of it, so has `LONG=1`.

Of what hypothesis draws, PostgreSQL sees one in four; each run draws others. Tests marked `once`
ask for rows, but nothing of the engine that keeps them: those of the whole demo are.
"""

import os
from collections.abc import Callable
from functools import cache

import pytest
from django.db import connection
from hypothesis import is_hypothesis_test, settings

#: One in so many is drawn, but no fewer than these.
SHARE, LEAST = 4, 5
#: Where hypothesis keeps the settings of a test.
KEPT = "_hypothesis_internal_use_settings"


def mark(item: pytest.Item) -> None:
    """Mark what has a short form, and shorten a test that draws."""
    if "demo" in getattr(item, "fixturenames", ()):
        item.add_marker("once")
    test = getattr(item, "function", None)
    if test is None or not is_hypothesis_test(test):
        return
    item.add_marker("drawn")
    if connection.vendor == "postgresql" and os.environ.get("LONG") != "1":
        shorten(test)


@cache  # the parameters of a test share its function
def shorten(test: Callable[..., object]) -> None:
    """Have a test draw fewer examples than it asks for."""
    asked = getattr(test, KEPT)
    setattr(test, KEPT, settings(asked, max_examples=short(asked.max_examples)))


def short(examples: int) -> int:
    """Return how many examples stand for so many."""
    return max(min(examples, LEAST), examples // SHARE)
