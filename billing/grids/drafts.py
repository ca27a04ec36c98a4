"""Drafts: grids that can still be edited."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.errors import GridAdopted
from billing.grids.rights import refuse_unless_adopter
from billing.models import Band, GridPrice, OffPeak, PassOffer, TariffGrid
from billing.models.grids import OfGrid
from network.models import User

#: What a grid is made of.
PARTS: tuple[type[OfGrid], ...] = (GridPrice, Band, OffPeak, PassOffer)


def lock_draft(grid: TariffGrid) -> TariffGrid:
    """Return the grid as it is now, locked; raise GridAdopted when it can no longer be edited."""
    locked = TariffGrid.objects.select_for_update().get(pk=grid.pk)
    if locked.is_adopted:
        raise GridAdopted(_("This grid was put in force: make a new version of it."))
    return locked


@transaction.atomic
def copied(*, grid: TariffGrid, name: str, by: User) -> TariffGrid:
    """Return a new draft with all that a grid says: where the next version begins.

    Raises PermissionDenied.
    """
    refuse_unless_adopter(by)
    draft = TariffGrid.objects.create(name=name, in_force_from=grid.in_force_from)
    for part in PARTS:
        rows = list(part._default_manager.filter(grid=grid))
        for row in rows:
            row.pk, row.grid = None, draft
        part._default_manager.bulk_create(rows)
    return draft
