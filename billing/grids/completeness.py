"""What a grid lacks of what sites sell."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from billing.errors import GridIncomplete
from billing.models import GridPrice, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from sites.models import Space


def refuse_incomplete(grid: TariffGrid) -> None:
    """Refuse a grid that lacks a price of what is sold."""
    if lacking := missing_prices(grid):
        words = ", ".join(f"{kind} ({category})" for category, kind in lacking)
        raise GridIncomplete(_("The grid has no price for: %(what)s.") % {"what": words})


def missing_prices(grid: TariffGrid) -> Sequence[tuple[str, str]]:
    """Return what sites sell that the grid has no standard price for an hour or a day of.

    As words: category of site, kind of space.
    """
    short = (Duration.HOUR, Duration.HALF_DAY, Duration.DAY)
    told = set(
        GridPrice.objects.filter(grid=grid, group=Group.STANDARD, duration__in=short).values_list(
            "category", "kind"
        )
    )
    sold = Space.objects.bookable().order_by("site__category", "kind").select_related("site")
    wanting = {
        (space.site.get_category_display(), space.get_kind_display()): None
        for space in sold
        if (space.site.category, space.kind) not in told
    }
    return list(wanting)
