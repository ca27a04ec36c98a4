"""What the network's prices look like beside its grids. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.db.models import QuerySet

from billing.grids.conformity import Finding, Held, Reign, judged
from billing.grids.dispersion import Place, Spread, spread, spreads
from billing.grids.tables import (
    GridTable,
    Key,
    Tariffs,
    Ware,
    price_of,
    table_now,
    table_of,
    tariffs_in_force,
)
from billing.models import LocalPrice, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Site, Space


@dataclass(frozen=True)
class Reviewed:
    """A site's own price beside the grid in force and each one to come.

    `later`: the first day of each grid to come, in their order, with what it says of the price.
    What a grid says is None where the two never meet.
    """

    row: LocalPrice
    now: Finding | None
    later: Sequence[tuple[date, Finding | None]] = ()

    @property
    def conforms(self) -> bool:
        """Tell whether every grid that it meets allows it."""
        return self.outside_from is None

    @property
    def outside_from(self) -> date | None:
        """Return from which day on it is outside for the first time; None where it never is."""
        begins = self.row.starts_on
        found = ((begins, self.now), *((max(begins, first), one) for first, one in self.later))
        return next((day for day, one in found if one and not one.conforms), None)


@dataclass(frozen=True)
class Verdict:
    """How many of the own prices that one grid meets lie outside of what it allows."""

    grid: TariffGrid
    outside: int
    total: int


def verdicts(
    found: Sequence[Reviewed], current: TariffGrid | None, coming: Iterable[TariffGrid]
) -> list[Verdict]:
    """Return what the grid in force says of own prices, then each one to come."""
    now = [verdict(current, [one.now for one in found])] if current else []
    return now + [
        verdict(grid, [one.later[place][1] for one in found]) for place, grid in enumerate(coming)
    ]


def verdict(grid: TariffGrid, findings: Sequence[Finding | None]) -> Verdict:
    """Count what meets a grid, and what of it lies outside."""
    met = [one for one in findings if one]
    return Verdict(grid, sum(1 for one in met if not one.conforms), len(met))


def reviewed(sites: QuerySet[Site], today: date) -> list[Reviewed]:
    """Return the own prices of those sites, in force and to come, what is outside first."""
    current, coming = reigns_of(today)
    found = []
    for row, held in held_rows(sites, today):
        later = [(one.begins, judged(held, one)) for one in coming]
        found.append(Reviewed(row, judged(held, current) if current else None, later))
    return sorted(found, key=lambda one: one.conforms)


@dataclass(frozen=True)
class HeldThen:
    """A site's own price that one grid to come does not let be, and from which day on."""

    row: LocalPrice
    finding: Finding
    day: date


def held_by_each(
    found: Sequence[Reviewed], coming: Sequence[TariffGrid]
) -> list[tuple[TariffGrid, list[HeldThen]]]:
    """Return each grid to come with the own prices that it does not let be."""
    return [(grid, held_then(found, place)) for place, grid in enumerate(coming)]


def held_then(found: Sequence[Reviewed], place: int) -> list[HeldThen]:
    """Return the own prices that the grid of that place among those to come does not let be."""
    told = ((one.row, *one.later[place]) for one in found)
    return [
        HeldThen(row, finding, max(row.starts_on, first))
        for row, first, finding in told
        if finding and not finding.conforms
    ]


def held_by(grid: TariffGrid) -> list[Reviewed]:
    """Return the own prices that a grid would not let be as they are, from its first day on.

    Beside it as if it were in force: six queries.
    """
    reign = reign_of(grid, table_now(grid.pk))
    rows = held_rows(Site.objects.active(), grid.in_force_from)
    every = [Reviewed(row, judged(held, reign)) for row, held in rows]
    return [one for one in every if not one.conforms]


def key_of(row: LocalPrice) -> Ware:
    """Return which price of a grid a site's own stands for."""
    return row.site.category, row.kind, row.duration, row.group


def held_rows(sites: QuerySet[Site], today: date) -> Iterator[tuple[LocalPrice, Held]]:
    """Yield each price that holds today or later, with its days: until another one's first."""
    columns = ("site__name", "site", "kind", "duration", "group")
    rows = LocalPrice.objects.filter(site__in=sites).select_related("site__commune")
    told: dict[tuple[object, ...], list[LocalPrice]] = defaultdict(list)
    for row in rows.order_by(*columns, "starts_on"):
        told[row.site_id, row.kind, row.duration, row.group].append(row)
    for one in told.values():
        for row, ends in zip(one, [*(after.starts_on for after in one[1:]), None], strict=True):
            if not row.is_withdrawn and (ends is None or ends > today):
                yield row, Held(key_of(row), price_of(row), row.starts_on, ends)


def reigns_of(today: date) -> tuple[Reign | None, list[Reign]]:
    """Return the grid in force and each one to come, in their order, with what they allow."""
    current, coming = TariffGrid.objects.in_force(today), list(TariffGrid.objects.to_come(today))
    days: list[date | None] = [*(one.in_force_from for one in coming), None]
    now = Reign(current.pk, today, days[0], table_of(current.pk).margins) if current else None
    return now, [
        Reign(one.pk, one.in_force_from, ends, table_of(one.pk).margins)
        for one, ends in zip(coming, days[1:], strict=True)
    ]


def reign_of(grid: TariffGrid, table: GridTable) -> Reign:
    """Return a grid that is to come, with what its table allows."""
    after = TariffGrid.objects.next_after(grid.in_force_from)
    ends = after.in_force_from if after else None
    return Reign(grid.pk, grid.in_force_from, ends, table.margins)


@dataclass(frozen=True)
class Dispersed:
    """What sites ask for one kind and duration: all of them, by département, by EPCI."""

    kind: Space.Kind
    duration: Duration
    every: Spread
    departements: dict[Place, Spread]
    epcis: dict[Place, Spread]


def dispersed(
    today: date, kinds: Iterable[Space.Kind], durations: Sequence[Duration]
) -> list[Dispersed]:
    """Return how far the full standard prices of active sites lie apart, of what is sold."""
    sold = sites_by_kind()
    tariffs = tariffs_in_force({site for sites in sold.values() for site in sites}, today)
    found = []
    for kind, duration in product(kinds, durations) if tariffs else ():
        asked = priced(sold[kind], (kind, duration, Group.STANDARD), tariffs)
        if asked:
            found.append(dispersed_of(kind, duration, asked))
    return found


def sites_by_kind() -> dict[str, list[Site]]:
    """Return the sites that sell each kind of space; one query."""
    related = ("site__commune__departement", "site__commune__epci")
    found: dict[str, dict[int, Site]] = defaultdict(dict)
    for space in Space.objects.bookable().select_related(*related).order_by("site__name", "pk"):
        found[space.kind].setdefault(space.site_id, space.site)
    return defaultdict(list, {kind: list(sites.values()) for kind, sites in found.items()})


def priced(sites: Iterable[Site], key: Key, tariffs: Tariffs | None) -> list[tuple[Site, int]]:
    """Return what each of the sites asks in full, in cents, where it has the price."""
    told = ((site, tariffs.full(site.pk, key)) for site in sites if tariffs)
    return [(site, price.peak) for site, price in told if price is not None]


def dispersed_of(
    kind: Space.Kind, duration: Duration, priced: Sequence[tuple[Site, int]]
) -> Dispersed:
    """Return the spreads of one thing that those sites ask so many cents for."""
    return Dispersed(
        kind,
        duration,
        spread([cents for _site, cents in priced]),
        spreads((departement_of(site), cents) for site, cents in priced),
        spreads((epci, cents) for site, cents in priced if (epci := epci_of(site))),
    )


def departement_of(site: Site) -> Place:
    """Return the département of a site."""
    departement = site.commune.departement
    return Place(departement.name, departement.code)


def epci_of(site: Site) -> Place | None:
    """Return the EPCI of a site, if its commune is of one."""
    epci = site.commune.epci
    return Place(epci.name, epci.siren) if epci else None
