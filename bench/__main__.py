"""`python -m bench [--quick]`: every measurement, each figure beside its target."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import monotonic
from typing import NamedTuple

from bench.booking import Load, api_rate, pgbench_rate, served
from bench.databases import made
from bench.dataset import Size, make_bookings, make_network
from bench.machine import machine
from bench.searching import Probe, probing, questions, times_of

LARGE, SMALL = "maillage_bench", "maillage_bench_tenth"


class Scale(NamedTuple):
    """How much is made and measured."""

    large: Size
    few_bookings: int
    centres: int
    rounds: int
    booking_seconds: float


FULL = Scale(Size(200, 20_000, 1_000_000), 100_000, 10, 7, 6)
QUICK = Scale(Size(20, 500, 5_000), 500, 2, 2, 1)


class Figure(NamedTuple):
    """One line of the table."""

    what: str
    value: str
    target: str = ""
    is_met: bool | None = None


def at_most(what: str, value: float, limit: float) -> Figure:
    """Return a ratio that should not be over `limit`."""
    return Figure(what, f"{value:.2f} ×", f"≤ {limit:g} ×", value <= limit)


def searches(large: Probe, small: Probe, scale: Scale) -> Iterator[Figure]:
    """Yield the figures of the availability search."""
    ms = times_of({"large": large, "small": small}, scale.rounds)
    best = min(ms["large", "best"], ms["large", "prepared"])
    yield Figure("best hand-written SQL", f"{best:.1f} ms")
    yield Figure("query module alone", f"{ms['large', 'domain']:.1f} ms")
    for way in ("api", "page"):
        yield Figure(f"{way}", f"{ms['large', way]:.1f} ms")
        yield at_most(f"{way} to best SQL", ms["large", way] / best, 3)
    for way in ("best", "api", "page"):
        growth = ms["large", way] / ms["small", way]
        yield at_most(f"{way}, all bookings to a tenth of them", growth, 1.2)


def pages(probe: Probe) -> Iterator[Figure]:
    """Yield how many queries the two most seen pages take."""
    for name, address in (("home page", "/"), ("site page", "/sites/site-0/")):
        number = probe.ask("queries", address=address)["queries"]
        yield Figure(f"{name}", f"{number} queries", "≤ 8", number <= 8)


def bookings(scale: Scale, today: date) -> Iterator[Figure]:
    """Yield bookings a second, through the API and by the database alone, taken in turn."""
    monday = today + timedelta(days=7 - today.weekday())
    by_api, by_database = [], []
    with served(LARGE) as port:
        for number in range(3):
            load = Load(scale.large, monday, scale.booking_seconds, number)
            by_api.append(api_rate(port, load))
            by_database.append(pgbench_rate(LARGE, load))
    api, database = median(by_api), median(by_database)
    yield Figure("booking through the API, 4 clients", f"{api:.0f} /s")
    yield Figure("pgbench, the same transaction, 4 clients", f"{database:.0f} /s")
    share = api / database
    yield Figure("API to pgbench", f"{share:.2f} ×", "≥ 0.25 ×", share >= 0.25)


def measured(scale: Scale) -> Iterator[Figure]:
    """Make the databases, and yield every figure."""
    today = datetime.now(UTC).date()
    with ExitStack() as stack:
        start = monotonic()
        make_network(stack.enter_context(made(LARGE)), scale.large)
        stack.enter_context(made(SMALL, template=LARGE))
        make_bookings(SMALL, scale.large._replace(bookings=scale.few_bookings), today)
        make_bookings(LARGE, scale.large, today)
        yield Figure(f"made {scale.large.bookings:,} bookings", f"{monotonic() - start:.0f} s")
        asked = questions(today, scale.centres)
        with probing(LARGE, asked) as large, probing(SMALL, asked) as small:
            yield from searches(large, small, scale)
            yield from pages(large)
        yield from bookings(scale, today)


def row(figure: Figure) -> str:
    """Return a figure as a row of a Markdown table."""
    verdict = {True: "met", False: "missed", None: ""}[figure.is_met]
    return f"| {figure.what} | {figure.value} | {figure.target} | {verdict} |"


def main(write: Callable[[str], object]) -> None:
    """Measure and print, each figure as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data: does it still run?")
    scale = QUICK if parser.parse_args().quick else FULL
    for name, value in machine():
        write(f"{name}: {value}\n")
    write("\n| measure | figure | target | |\n|---|---|---|---|\n")
    for figure in measured(scale):
        write(row(figure) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.stdout.write)
