"""`python -m bench [--quick] [--searches NUMBER] [--tables NAME]`: figures beside their targets."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import monotonic
from typing import NamedTuple

from bench.booking import Load, api_rate, pgbench_rate, served
from bench.databases import made, told_by_python
from bench.dataset import Size, make_bookings, make_network, make_schema
from bench.figures import Figure, at_least, at_most, row
from bench.machine import machine
from bench.pages import homes, memory, pages
from bench.searching import Probe, probing, questions, times_of
from bench.serving import by_forms, by_pages, session_keys

LARGE, SMALL = "maillage_bench", "maillage_bench_tenth"
BARE = "maillage_bench_bare"


class Scale(NamedTuple):
    """How much is made and measured."""

    large: Size
    few_bookings: int
    centres: int
    rounds: int
    booking_rounds: int
    booking_seconds: float
    searches: int
    transfers: int
    quotes: int
    charged: int
    warming: int
    people_each: int
    looks: int
    sites_of_homes: tuple[int, int]


FULL = Scale(
    large=Size(200, 20_000, 1_000_000),
    few_bookings=100_000,
    centres=10,
    rounds=7,
    booking_rounds=3,
    booking_seconds=6,
    searches=4_000,
    transfers=1_000_000,
    quotes=1_000,
    charged=200,
    warming=20,
    people_each=100,
    looks=31,
    sites_of_homes=(32, 3_500),
)
QUICK = Scale(
    large=Size(20, 500, 5_000),
    few_bookings=500,
    centres=2,
    rounds=2,
    booking_rounds=1,
    booking_seconds=0.5,
    searches=16,
    transfers=2_000,
    quotes=20,
    charged=6,
    warming=1,
    people_each=8,
    looks=2,
    sites_of_homes=(2, 6),
)


def searches(large: Probe, small: Probe, scale: Scale) -> Iterator[Figure]:
    """Yield the figures of the availability search."""
    ms = times_of({"large": large, "small": small}, scale.rounds)
    best, prepared = ms["large", "best"], ms["large", "prepared"]
    yield Figure("best hand-written SQL, planned each time", f"{best:.1f} ms")
    yield Figure("the same, prepared", f"{prepared:.1f} ms")
    yield Figure("query module alone", f"{ms['large', 'domain']:.1f} ms")
    for way, most in (("api", 2), ("page", 6)):
        yield Figure(f"{way}", f"{ms['large', way]:.1f} ms")
        yield at_most(f"{way} to best SQL", ms["large", way] / best, most)
        yield Figure(f"{way} to prepared SQL", f"{ms['large', way] / prepared:.2f} ×")
    for way in ("best", "api", "page"):
        growth = ms["large", way] / ms["small", way]
        yield at_most(f"{way}, all bookings to a tenth of them", growth, 1.1)


def load_of(scale: Scale, monday: date, number: int) -> Load:
    """Return what is booked in one round."""
    return Load(
        size=scale.large,
        monday=monday,
        seconds=scale.booking_seconds,
        round=number,
        people_each=scale.people_each,
        warming=scale.warming,
    )


def bookings(scale: Scale, today: date) -> Iterator[Figure]:
    """Yield bookings a second: through the API, by pages, by the database alone, in turn."""
    monday = today + timedelta(days=7 - today.weekday())
    rates: dict[str, list[float]] = defaultdict(list)
    with served(LARGE) as (port, _process):
        keys = session_keys(LARGE, scale.people_each)
        for number in range(scale.booking_rounds):
            load = load_of(scale, monday, 2 * number)
            rates["API"].append(api_rate(LARGE, port, load))
            rates["form"].append(by_forms(LARGE, port, keys, load))
            rates["page"].append(by_pages(LARGE, port, keys, load._replace(round=2 * number + 1)))
            rates["database"].append(pgbench_rate(LARGE, load))
            rates["with key"].append(pgbench_rate(LARGE, load, with_key=True))
    by = {way: median(some) for way, some in rates.items()}
    yield Figure("booking through the API, 4 clients", f"{by['API']:.0f} /s")
    yield Figure("confirming on the check page, 4 clients", f"{by['form']:.0f} /s")
    yield Figure("looking at the check page and confirming, 4 clients", f"{by['page']:.0f} /s")
    yield Figure("pgbench, the same transaction, 4 clients", f"{by['database']:.0f} /s")
    yield Figure("pgbench, the same with a key, 4 clients", f"{by['with key']:.0f} /s")
    yield at_least("API to pgbench", by["API"] / by["database"], 0.25)
    yield at_least("confirming to pgbench with a key", by["form"] / by["with key"], 0.2)
    yield Figure("confirming to pgbench without", f"{by['form'] / by['database']:.2f} ×")
    yield Figure("look and confirmation to the same", f"{by['page'] / by['with key']:.2f} ×")


def money(bare: str, scale: Scale) -> Iterator[Figure]:
    """Yield what prices and balances cost."""
    with made("maillage_bench_money", bare) as name:
        make_network(name, Size(scale.large.sites, 500, 0))
        numbers = map(str, (scale.transfers, scale.quotes, scale.charged))
        ms = told_by_python(name, "-m", "bench.money", *numbers)
    yield Figure(f"{scale.quotes:,} quotes", f"{ms['quotes']:.0f} ms")
    yield Figure(f"balance of an account of {scale.transfers:,} transfers", f"{ms['long']:.1f} ms")
    yield at_most("the same to one of 1,000", ms["long"] / ms["short"], 1.2)
    yield Figure("booking that is charged, in the process", f"{ms['owed']:.1f} ms")
    yield at_least("booking without a pass to one with it", ms["owed"] / ms["covered"], 0.8)


def measured(scale: Scale, tables: str) -> Iterator[Figure]:
    """Make the databases, the first one as a copy of `tables`, and yield every figure."""
    today = datetime.now(UTC).date()
    with ExitStack() as stack:
        start = monotonic()
        make_schema(stack.enter_context(made(BARE, template=tables)))
        make_network(stack.enter_context(made(LARGE, template=BARE)), scale.large)
        stack.enter_context(made(SMALL, template=LARGE))
        make_bookings(SMALL, scale.large._replace(bookings=scale.few_bookings), today)
        make_bookings(LARGE, scale.large, today)
        yield Figure(f"made {scale.large.bookings:,} bookings", f"{monotonic() - start:.0f} s")
        asked = questions(today, scale.centres)
        with probing(LARGE, asked) as large, probing(SMALL, asked) as small:
            yield from searches(large, small, scale)
            yield from pages(large, scale.looks)
        yield from memory(LARGE, asked, scale.searches)
        yield from bookings(scale, today)
        yield from money(BARE, scale)
        yield from homes(BARE, *scale.sites_of_homes, scale.looks)


def main(write: Callable[[str], object]) -> None:
    """Measure and print, each figure as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data: does it still run?")
    parser.add_argument("--searches", type=int, help="how many before memory is looked at")
    parser.add_argument("--tables", default="template1", help="a migrated database to copy")
    told = parser.parse_args()
    scale = QUICK if told.quick else FULL
    scale = scale._replace(searches=told.searches or scale.searches)
    for name, value in machine():
        write(f"{name}: {value}\n")
    write("\n| measure | figure | target | |\n|---|---|---|---|\n")
    for figure in measured(scale, told.tables):
        write(row(figure) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.stdout.write)
