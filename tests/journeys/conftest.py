"""What journeys cost, told at the end of a run: `docs/performance.md` keeps a table of it."""

from collections.abc import Callable

import pytest

from tests.journeys.walk import COST, Walk

HEAD = "| way | clicks | pages | machine | characters | typing | together |", "|---" * 7 + "|"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each way that was measured, and nothing if none was."""
    rows = [
        told
        for report in terminalreporter.stats.get("passed", [])
        for name, told in report.user_properties
        if name == COST
    ]
    for line in (*HEAD, *rows) if rows else ():
        terminalreporter.write_line(line)


@pytest.fixture
def keep_cost(record_property: Callable[[str, object], None]) -> Callable[[str, Walk], None]:
    """Return what keeps the cost of a walk, under the name of its way, with the test's result."""
    return lambda name, walk: record_property(COST, walk.cost(name))
