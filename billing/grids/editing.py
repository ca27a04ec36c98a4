"""Writing what a draft says; a table is written whole, so that it is what its page showed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from billing.grids.days import refuse_impossible_day
from billing.grids.drafts import Head, lock_editable
from billing.grids.rights import refuse_unless_speaking_for
from billing.grids.showing import Cell
from billing.models import Band, GridPrice, OffPeak, PassOffer, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.models import User
from sites.models import Site, Space

#: Letters of a pass's code; a number may follow.
CODE = 30


@dataclass(frozen=True)
class PriceTable:
    """What one category of site asks one group: the cells that have a price."""

    category: Site.Category
    group: Group
    cells: Mapping[tuple[Space.Kind, Duration], Cell]


@dataclass(frozen=True)
class CalmHours:
    """Hours of some weekdays that are off peak, for a kind or for all."""

    kind: str
    weekdays: Collection[int]
    starts_at: time
    ends_at: time


@transaction.atomic
def describe(*, grid: TariffGrid, head: Head, by: User, now: datetime) -> TariffGrid:
    """Name a draft, and say from when on; whose it is stays.

    Raises as `editable` does, and NotInForceYet for another first day that cannot be.
    """
    locked = editable(grid, by)
    if head.in_force_from != locked.in_force_from:
        refuse_impossible_day(head.in_force_from, locked.operator, timezone.localdate(now))
    locked.name, locked.in_force_from = head.name, head.in_force_from
    locked.other_words = dict(head.other_words)
    locked.save(update_fields=["name", "other_words", "in_force_from"])
    return locked


@transaction.atomic
def write_prices(*, grid: TariffGrid, table: PriceTable, by: User) -> None:
    """Write a table of prices in place of the one before. Raises as `editable` does."""
    locked = editable(grid, by)
    locked.gridprices.filter(category=table.category, group=table.group).delete()
    GridPrice.objects.bulk_create(
        GridPrice(
            grid=locked,
            category=table.category,
            group=table.group,
            kind=kind,
            duration=duration,
            price_cents=cell.price,
            off_peak_cents=cell.off_peak,
        )
        for (kind, duration), cell in table.cells.items()
    )


@transaction.atomic
def write_bands(
    *,
    grid: TariffGrid,
    category: Site.Category,
    widths: Mapping[Space.Kind, tuple[int, int]],
    by: User,
) -> None:
    """Write how far sites of a category may go, in per cent below and above.

    Raises as `editable` does.
    """
    locked = editable(grid, by)
    locked.bands.filter(category=category).delete()
    Band.objects.bulk_create(
        Band(grid=locked, category=category, kind=kind, below_percent=below, above_percent=above)
        for kind, (below, above) in widths.items()
        if below or above
    )


@transaction.atomic
def add_off_peak(*, grid: TariffGrid, hours: CalmHours, by: User) -> None:
    """Add off-peak hours, of each weekday once. Raises as `editable` does."""
    locked = editable(grid, by)
    for weekday in hours.weekdays:
        OffPeak.objects.get_or_create(
            grid=locked,
            kind=hours.kind,
            weekday=weekday,
            starts_at=hours.starts_at,
            ends_at=hours.ends_at,
        )


@transaction.atomic
def write_pass_offer(*, grid: TariffGrid, offer: PassOffer, by: User) -> PassOffer:
    """Save a pass of the draft; a new one gets a code from its name. Raises as `editable` does."""
    offer.grid = editable(grid, by)
    offer.code = offer.code or free_code(offer.grid, offer.name)
    offer.save()
    return offer


@transaction.atomic
def remove(*, grid: TariffGrid, rows: models.QuerySet[OffPeak | PassOffer], by: User) -> None:
    """Take rows out of the draft: hours or passes. Raises as `editable` does."""
    locked = editable(grid, by)
    rows.filter(grid=locked).delete()


def editable(grid: TariffGrid, by: User) -> TariffGrid:
    """Return the draft, locked, for who may edit it.

    Raises GridAdopted, GridProposed or PermissionDenied.
    """
    refuse_unless_speaking_for(by, grid.operator)
    return lock_editable(grid)


def free_code(grid: TariffGrid, name: str) -> str:
    """Return a code made of a pass's name that no other of the locked grid has."""
    base = slugify(name)[:CODE] or "pass"
    taken = set(grid.passoffers.values_list("code", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (base, *numbered) if one not in taken)
