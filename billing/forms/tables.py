"""Tables of a draft whose cells are fields: prices by duration, bands by kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from billing.forms.amounts import EurosField
from billing.forms.local_prices import DEARER_OFF_PEAK
from billing.forms.numbers import WholeField
from billing.grids.editing import PriceTable
from billing.grids.showing import Cell
from billing.models import TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from billing.templatetags.tariffs import ware_words
from sites.models import Site, Space

MOST_BELOW, MOST_ABOVE = 100, 1000


@dataclass(frozen=True)
class FieldTable:
    """A table to fill in: its caption, its columns, and of each row the name and its fields."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[forms.BoundField]]]

    @property
    def field_columns(self) -> Sequence[str]:
        """Return the columns that have fields: all but the row's name."""
        return self.columns[1:]


class PricesForm(forms.Form):
    """What one category of site asks one group: of each kind and duration a price and one off peak.

    What is empty is not sold, or costs the same off peak.
    """

    hide_optional = True

    def __init__(
        self, entries: Any, *, grid: TariffGrid, category: Site.Category, group: Group
    ) -> None:
        super().__init__(entries)
        self.category, self.group = category, group
        rows = grid.gridprices.filter(category=category, group=group)
        told = {(row.kind, row.duration): row for row in rows}
        for kind, duration in wares():
            row = told.get((kind, duration))
            for name, cents in (
                (peak(kind, duration), row.price_cents if row else None),
                (calm(kind, duration), row.off_peak_cents if row else None),
            ):
                self.fields[name] = EurosField(label="", required=False, initial=cents)
            self.fields[peak(kind, duration)].label = ware_words(kind, duration)
            self.fields[calm(kind, duration)].label = _("%(what)s, off peak") % {
                "what": ware_words(kind, duration)
            }

    def clean(self) -> dict[str, Any]:
        """Refuse a price off peak that is dearer, or stands alone."""
        for kind, duration in wares():
            price, off_peak = self.typed(kind, duration)
            if off_peak is not None and peak(kind, duration) not in self.errors:
                if price is None:
                    self.add_error(calm(kind, duration), _("Give the price in peak hours too."))
                elif off_peak > price:
                    self.add_error(calm(kind, duration), DEARER_OFF_PEAK)
        return self.cleaned_data

    def typed(self, kind: Space.Kind, duration: Duration) -> tuple[int | None, int | None]:
        """Return both prices of a cell in cents, None where the field is empty or wrong."""
        told = self.cleaned_data
        return told.get(peak(kind, duration)), told.get(calm(kind, duration))

    @property
    def table(self) -> PriceTable:
        """Return what was typed, of a valid form."""
        cells = {}
        for kind, duration in wares():
            price, off_peak = self.typed(kind, duration)
            if price is not None:
                cells[kind, duration] = Cell(price, None if off_peak == price else off_peak)
        return PriceTable(self.category, self.group, cells)

    def tables(self) -> list[FieldTable]:
        """Return the fields in peak hours, then those off peak."""
        columns = [_("Kind of space"), *(str(one.label) for one in Duration)]
        return [
            FieldTable(caption, columns, [self.row(kind, name) for kind in Space.Kind])
            for caption, name in (
                (_("Prices (€, VAT included)"), peak),
                (_("Prices off peak (€), where they are lower"), calm),
            )
        ]

    def row(self, kind: Space.Kind, name: Any) -> tuple[str, list[forms.BoundField]]:
        """Return the name of a kind and its fields, one a duration."""
        return str(kind.label), [self[name(kind, duration)] for duration in Duration]


class BandsForm(forms.Form):
    """How far sites of a category may go from the grid: of each kind, per cent below and above."""

    hide_optional = True

    def __init__(self, entries: Any, *, grid: TariffGrid, category: Site.Category) -> None:
        super().__init__(entries)
        told = {row.kind: row for row in grid.bands.filter(category=category)}
        for kind in Space.Kind:
            row = told.get(kind)
            below, above = (row.below_percent, row.above_percent) if row else (0, 0)
            words = {"kind": kind.label}
            for name, label, initial, most in (
                (f"{kind}-below", _("%(kind)s, below") % words, below, MOST_BELOW),
                (f"{kind}-above", _("%(kind)s, above") % words, above, MOST_ABOVE),
            ):
                self.fields[name] = WholeField(
                    label=label, initial=initial, least=0, most=most, required=False
                )

    @property
    def widths(self) -> dict[Space.Kind, tuple[int, int]]:
        """Return per cent below and above of each kind, of a valid form."""
        told = self.cleaned_data
        return {
            kind: (told[f"{kind}-below"] or 0, told[f"{kind}-above"] or 0) for kind in Space.Kind
        }

    def tables(self) -> list[FieldTable]:
        """Return the one table."""
        columns = [_("Kind of space"), _("Below the grid (%)"), _("Above the grid (%)")]
        rows = [
            (str(kind.label), [self[f"{kind}-below"], self[f"{kind}-above"]]) for kind in Space.Kind
        ]
        return [FieldTable(_("How far a site may go from the grid"), columns, rows)]


def wares() -> Iterable[tuple[Space.Kind, Duration]]:
    """Return every kind with every duration."""
    return ((kind, duration) for kind in Space.Kind for duration in Duration)


def peak(kind: Space.Kind, duration: Duration) -> str:
    """Return the name of the field of a price in peak hours."""
    return f"{kind}-{duration}"


def calm(kind: Space.Kind, duration: Duration) -> str:
    """Return the name of the field of a price off peak."""
    return f"{kind}-{duration}-calm"
