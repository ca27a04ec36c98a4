"""Prices beside the grids and beside each other for spreadsheets: a row a price, a fact a column.

Amounts in euros and shares in per cent are numbers as the reader writes them, days are ISO 8601,
what has a code is told by it beside its words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.exports import amount, csv_answer, per_cent
from billing.grids.conformity import Finding
from billing.grids.dispersion import Place, Spread
from billing.grids.reviewing import Dispersed, Reviewed
from billing.grids.tables import price_of
from billing.models import TariffGrid
from network.templatetags.dates import date_words

#: What a grid may say of a price, by its code.
VERDICTS = {
    "within": gettext_lazy("within the band"),
    "below": gettext_lazy("below the band"),
    "above": gettext_lazy("above the band"),
    "no_price": gettext_lazy("the grid has no such price"),
}


def coded(*heads: str) -> list[str]:
    """Return heads of columns, each followed by that of its code."""
    return [text for head in heads for text in (head, _("%(what)s (code)") % {"what": head})]


def conformity_file(found: Iterable[Reviewed], coming: Sequence[TariffGrid]) -> HttpResponse:
    """Return own prices beside the grid in force and each one to come, as a file to save."""
    days = (_("grid from %(day)s") % {"day": date_words(one.in_force_from)} for one in coming)
    heads = [
        *coded(_("Site"), _("Category"), _("Kind of space"), _("Duration"), _("Customer group")),
        *(_("From"), _("The site asks"), _("Off peak")),
        *(head for grid in (_("grid in force"), *days) for head in grid_heads(grid)),
    ]
    return csv_answer(_("conformity"), heads, (list(conformity_cells(one)) for one in found))


def grid_heads(grid: str) -> list[str]:
    """Return the heads of what one grid says of a price."""
    heads = [
        *coded(_("Verdict")),
        *(_("At least"), _("At most"), _("At least off peak"), _("At most off peak")),
        *(_("Outside by"), _("Outside by (%)"), _("Charged"), _("Charged off peak")),
    ]
    return [_("%(what)s, %(grid)s") % {"what": head, "grid": grid} for head in heads]


def conformity_cells(one: Reviewed) -> Iterator[str]:
    """Yield what a site asks for what from when on, then what each grid says of it."""
    row = one.row
    yield from (row.site.name, row.site.slug)
    yield from (row.site.get_category_display(), row.site.category)
    yield from (row.get_kind_display(), row.kind, row.get_duration_display(), row.duration)
    yield from (row.get_group_display(), row.group, row.starts_on.isoformat())
    yield from map(amount, price_of(row))
    for found in (one.now, *(later for _first, later in one.later)):
        yield from finding_cells(found)


def finding_cells(found: Finding | None) -> list[str]:
    """Return what a grid says of a price, as many empty cells where the two never meet."""
    if found is None:
        return [""] * len(grid_heads(""))
    code = verdict(found)
    if found.margins is None or found.charged is None:
        return [str(VERDICTS[code]), code] + [""] * (len(grid_heads("")) - 2)
    bounds = (cents for one in found.margins for cents in (one.least, one.most))
    asked, off_by = found.furthest
    gap = [amount(off_by), per_cent(off_by, asked - off_by)]
    return [str(VERDICTS[code]), code, *map(amount, bounds), *gap, *map(amount, found.charged)]


def verdict(found: Finding) -> str:
    """Return what a grid says of a price, as a code."""
    if found.margins is None:
        return "no_price"
    if found.conforms:
        return "within"
    return "below" if found.off_by < 0 else "above"


def dispersion_file(found: Iterable[Dispersed]) -> HttpResponse:
    """Return how far the prices of every kind and duration lie apart, as a file to save."""
    heads = [
        *coded(_("Kind of space"), _("Duration"), _("Territory"), _("Level")),
        *(_("Sites"), _("Lowest"), _("Median"), _("Highest"), _("Gap"), _("Gap (%)")),
    ]
    rows = (list(line) for one in found for line in dispersion_rows(one))
    return csv_answer(_("dispersion"), heads, rows)


def dispersion_rows(one: Dispersed) -> Iterator[Iterator[str]]:
    """Yield the network, then each département, then each EPCI."""
    whole: Mapping[Place, Spread] = {Place(_("The whole network"), ""): one.every}
    for level, code, spreads in (
        (_("Network"), "network", whole),
        (_("Département"), "departement", one.departements),
        (_("EPCI"), "epci", one.epcis),
    ):
        for place, found in spreads.items():
            yield spread_cells(one, (place.name, place.code, level, code), found)


def spread_cells(one: Dispersed, told: Iterable[str], found: Spread) -> Iterator[str]:
    """Yield of which price and where, how many sites ask it, and how far they lie apart."""
    yield from (str(one.kind.label), one.kind.value)
    yield from (str(one.duration.label), one.duration.value)
    yield from told
    yield str(found.sites)
    yield from map(amount, (found.least, found.median, found.most, found.most - found.least))
    yield per_cent(found.most - found.least, found.least)
