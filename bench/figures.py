"""Lines of the table of measurements."""

from typing import NamedTuple


class Figure(NamedTuple):
    """One line: what was measured, its value, and its target, if it has one."""

    what: str
    value: str
    target: str = ""
    is_met: bool | None = None


def at_most(what: str, value: float, limit: float) -> Figure:
    """Return a ratio that should not be over `limit`."""
    return Figure(what, f"{value:.2f} ×", f"≤ {limit:g} ×", value <= limit)


def at_least(what: str, value: float, limit: float) -> Figure:
    """Return a ratio that should not be under `limit`."""
    return Figure(what, f"{value:.2f} ×", f"≥ {limit:g} ×", value >= limit)


def row(figure: Figure) -> str:
    """Return a figure as a row of a Markdown table."""
    verdict = {True: "met", False: "missed", None: ""}[figure.is_met]
    return f"| {figure.what} | {figure.value} | {figure.target} | {verdict} |"
