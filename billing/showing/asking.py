"""What all sites ask, kept a minute by each process, for pages with dozens of prices.

Just after a site sets a price, a page may still tell the one before; the page that confirms never.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from billing.charging.quotes import Use, lowest
from billing.errors import NoTariff
from billing.grids.tables import AskedTariffs, Rate, Tariff, Tariffs
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.sql import kept, together
from sites.intervals import Interval
from sites.models import Site, Space

KEPT = timedelta(minutes=1)
#: Of a process: days on which somebody books (two at once, round the world), and prices.
MOST_DAYS, MOST_PRICES = 4, 8192
#: All that tells one tariff from another.
Told = tuple[int, Group, tuple[tuple[Duration, Rate], ...], tuple[Any, ...]]


class SiteKey(NamedTuple):
    """What prices need to know of a site."""

    pk: int
    category: str


class Wished(NamedTuple):
    """Times of so many units at once, by the clocks of a time zone."""

    times: tuple[Interval, ...]
    units: int
    time_zone: str


@dataclass(frozen=True, eq=False)
class Asking:
    """The tariffs by which somebody may be charged: one object wherever they are the same."""

    tariffs: tuple[Tariff, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """What all sites ask who books on a day."""

    tariffs: Tariffs
    known: dict[tuple[int, str, tuple[Group, ...]], Asking] = field(default_factory=dict)

    def asking(self, site: int, kind: str, groups: tuple[Group, ...]) -> Asking:
        """Return what a kind of space costs at a site who belongs to those groups."""
        key = (site, kind, groups)
        if key not in self.known:
            self.known[key] = same_asking(tuple(self._told(site, kind, groups)))
        return self.known[key]

    def _told(self, site: int, kind: str, groups: tuple[Group, ...]) -> Iterable[Told]:
        if site in self.tariffs.categories:
            for one in self.tariffs.of_groups(site, kind, groups):
                yield one.grid, one.group, (*one.rates.items(),), one.off_peak


@lru_cache(maxsize=MOST_PRICES)
def same_asking(told: tuple[Told, ...]) -> Asking:
    """Return the same object for the same tariffs."""
    return Asking(
        tuple(Tariff(grid, group, dict(rates), calm) for grid, group, rates, calm in told)
    )


@lru_cache(maxsize=MOST_PRICES)
def cents_of(asking: Asking, wish: Wished) -> int | None:
    """Return the lowest price of some times; None where nothing that is sold covers them."""
    site = Site(time_zone=wish.time_zone)
    try:  # tariffs are of one kind each: which it is makes no difference any more
        return lowest(Use(site, Space.Kind.DESK, *wish[:2]), asking.tariffs).total_cents
    except NoTariff:
        return None


#: By the day on which somebody books; no network before there is a grid.
networks: dict[date, tuple[datetime, Network | None]] = {}


def network_on(day: date, now: datetime) -> Network | None:
    """Return what all sites ask who books on a day, as it was a minute ago at most."""
    if day in networks and timedelta() <= now - networks[day][0] < KEPT:
        return networks[day][1]
    if len(networks) >= MOST_DAYS:
        networks.clear()
    networks[day] = now, read_network(day)
    return networks[day][1]


def read_network(day: date) -> Network | None:
    """Read the same: four queries, three more of a grid that was not read yet."""
    asked = AskedTariffs([SiteKey(*row) for row in places().read()], day)
    together(*asked.statements)
    return Network(asked.tariffs) if asked.tariffs else None


@kept
def places() -> QuerySet[Site, tuple[int, str]]:
    """Return the active sites with their categories."""
    return Site.objects.active().values_list("pk", "category")
