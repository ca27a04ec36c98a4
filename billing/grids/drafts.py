"""Drafts: grids that can still be edited."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.errors import GridAdopted, GridProposed
from billing.grids.days import refuse_impossible_day
from billing.grids.rights import Body, grids_visible_to, refuse_unless_speaking_for
from billing.models import Band, GridPrice, OffPeak, PassOffer, Proposal, TariffGrid
from billing.models.grids import OfGrid
from billing.prices.shares import raised
from network.models import User

#: What a grid is made of.
PARTS: tuple[type[OfGrid], ...] = (GridPrice, Band, OffPeak, PassOffer)
#: Columns of prices, which a raise changes.
PRICES = ("price_cents", "off_peak_cents")


def lock_grids() -> None:
    """Lock every grid, in the order of their ids: the network decides on one at a time."""
    rows = TariffGrid.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.values_list("pk"))


def lock_draft(grid: TariffGrid) -> TariffGrid:
    """Return the grid as it is now, locked; raise GridAdopted when it can no longer be edited."""
    locked = TariffGrid.objects.select_for_update().get(pk=grid.pk)
    if locked.is_adopted:
        raise GridAdopted(_("This grid was put in force: make a new version of it."))
    return locked


def lock_editable(grid: TariffGrid) -> TariffGrid:
    """Return a draft that nobody votes on yet, locked. Raises GridAdopted or GridProposed."""
    locked = lock_draft(grid)
    if Proposal.objects.filter(grid=locked).exists():
        raise GridProposed(_("This grid is put to the vote as it is: make a new draft of it."))
    return locked


class Head(NamedTuple):
    """What a draft is called, from when on it is to hold, and who writes it.

    `other_words`: its name in other languages, as rows keep it.
    """

    name: str
    in_force_from: date
    operator: Body = None
    other_words: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@transaction.atomic
def copied(
    *, grid: TariffGrid, head: Head, by: User, now: datetime, raised_per_mille: int = 0
) -> TariffGrid:
    """Return a new draft with all that a grid says: where the next version begins.

    Prices are raised by so many thousandths, to ten cents. Raises as `begun` does.
    """
    if not grids_visible_to(by).filter(pk=grid.pk).exists():
        raise PermissionDenied
    draft = begun(head=head, by=by, now=now)
    for part in PARTS:
        rows = list(part._default_manager.filter(grid=grid))
        for row in rows:
            row.pk, row.grid = None, draft
            raise_prices(row, raised_per_mille)
        part._default_manager.bulk_create(rows)
    return draft


def raise_prices(row: OfGrid, per_mille: int) -> None:
    """Raise what a row says of prices, if it says any."""
    for column in PRICES:
        cents = getattr(row, column, None)
        if cents is not None:
            setattr(row, column, raised(cents, per_mille))


@transaction.atomic
def begun(*, head: Head, by: User, now: datetime) -> TariffGrid:
    """Return a new draft that says nothing yet.

    Raises NotInForceYet for a first day that cannot be, or PermissionDenied.
    """
    refuse_unless_speaking_for(by, head.operator)
    refuse_impossible_day(head.in_force_from, head.operator, timezone.localdate(now))
    told = head._asdict() | {"other_words": dict(head.other_words)}
    return TariffGrid.objects.create(**told)


@transaction.atomic
def discard(*, grid: TariffGrid, by: User) -> None:
    """Delete a draft that was never voted on.

    Raises GridAdopted, GridProposed or PermissionDenied.
    """
    refuse_unless_speaking_for(by, grid.operator)
    lock_editable(grid).delete()
