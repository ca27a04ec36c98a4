"""What pages cost beside the plainest one, and what a hundred times the sites add to the home."""

from collections.abc import Iterator
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.booking import CLIENTS, served
from bench.databases import made
from bench.dataset import Size, make_network
from bench.figures import Figure, at_most
from bench.searching import RADIUS_KM, Probe, probing
from bench.serving import resident_mb, search_for

PLAINEST = "/privacy/"
#: MB that one process of the server may hold, and what it may still grow by in its second half.
MOST_MEMORY, MOST_GROWTH = 150, 1.05


def search_addresses(asked: dict[str, Any]) -> list[str]:
    """Return the addresses of the page of results for what the probes are asked."""
    common = {
        "radius_km": RADIUS_KM,
        "on": asked["starts_at"][:10],
        "part": "morning",
        "kind": "desk",
    }
    places = [{"latitude": point[0], "longitude": point[1]} for point in asked["centres"]]
    return [f"/search/?{urlencode(place | common)}" for place in places]


def pages(probe: Probe, looks: int) -> Iterator[Figure]:
    """Yield what the most seen pages cost: queries, and time beside the plainest page.

    Each page is looked at so many times.
    """
    addresses = {
        "home page": ("/", 4.0),
        "site page": ("/sites/site-0/", 4.0),
        "search page": (search_addresses(probe.questions)[0], 6.0),
    }
    shown = [PLAINEST, *(address for address, _most in addresses.values())]
    asked = {"addresses": shown, "of_member": ["/"], "times": looks}
    plainest, *others, of_member = probe.ask("pages", **asked)["ms"]
    yield Figure("plainest page", f"{plainest:.1f} ms")
    for (name, (address, most)), ms in zip(addresses.items(), others, strict=True):
        number = probe.ask("queries", address=address)["queries"]
        # A search takes more where it also tells of sites farther away: its own tests count them.
        told = ("≤ 8", number <= 8) if name != "search page" else ("", None)
        yield Figure(name, f"{number} queries", *told)
        yield at_most(f"{name} to plainest", ms / plainest, most)
    yield at_most("home page, signed in, to plainest", of_member / plainest, 4.0)
    ms = probe.ask("half_days")["ms"]
    yield Figure("next half-days of every site", f"{ms:.1f} ms", "≤ 50 ms", ms <= 50)


def in_turn(probes: list[Probe], address: str, looks: int, rounds: int = 5) -> list[float]:
    """Return the median time of one page in each database, asked in turn."""
    order = {"addresses": [address], "of_member": [], "times": looks}
    asked = [[probe.ask("pages", **order)["ms"][0] for probe in probes] for _round in range(rounds)]
    return [median(one) for one in zip(*asked, strict=True)]


def homes(bare: str, few: int, many: int, looks: int) -> Iterator[Figure]:
    """Yield what the home page costs in a region of many sites beside one of few.

    `bare` is a database that has its tables and nothing in them.
    """
    with made("maillage_bench_few", bare) as small, made("maillage_bench_many", bare) as large:
        for name, sites in ((small, few), (large, many)):
            make_network(name, Size(sites, 20, 0))
        with probing(small, {}) as one, probing(large, {}) as other:
            few_ms, many_ms = in_turn([one, other], "/", looks)
    yield at_most(f"home page, {many:,} sites to {few}", many_ms / few_ms, 1.3)


def memory(name: str, asked: dict[str, Any], number: int) -> Iterator[Figure]:
    """Yield what the largest process of the server holds after `number` searches, half by half."""
    half = max(CLIENTS, number // 2)
    addresses = search_addresses(asked)
    with served(name) as (port, process):
        search_for(port, addresses, half)
        before = resident_mb(process)
        search_for(port, addresses, half)
        after = resident_mb(process)
    what = f"memory of a web process after {2 * half:,} searches"
    yield Figure(what, f"{after:.0f} MB", f"≤ {MOST_MEMORY} MB", after <= MOST_MEMORY)
    yield at_most("the same to half as many searches", after / before, MOST_GROWTH)
