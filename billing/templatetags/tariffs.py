"""Prices in words, and grids as tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.grids.showing import Cell, Section
from billing.models import OffPeak, PassOffer, TariffGrid
from billing.prices.durations import Duration
from billing.prices.groups import Group
from network.templatetags.dates import clock, hour_range
from network.templatetags.money import money
from network.ways import Step, step, way
from sites.clocks import MIDNIGHT
from sites.models import Space
from sites.models.hours import Weekday
from sites.templatetags.told import marked

register = template.Library()


@register.simple_tag
def grid_title(grid: TariffGrid | None, is_in_force: bool) -> str:  # noqa: FBT001  # a tag's
    """Return the title of a grid's page."""
    return grid.told_name.text if grid and not is_in_force else _("Tariffs")


@register.simple_tag
def weeks_rule() -> str:
    """Return how bookings are priced together."""
    return _(
        "What you book at one site for the same kind of space from Monday to Sunday is priced"
        " together: several bookings never cost more than the week."
    )


@register.simple_tag
def tariff_caption(section: Section) -> str:
    """Return "Télécentre rural : prix d’un poste ou d’un espace entier"."""
    words = _("%(category)s: price of one place or room")
    return words % {"category": section.category.label}


@register.filter
def has_months(section: Section) -> bool:
    """Tell whether a category's table has prices of a month."""
    return Duration.MONTH in section.durations


@register.filter
def tariff_columns(section: Section) -> list[dict[str, Any]]:
    """Return the columns of a category's table."""
    kinds = {"text": _("Kind of space")}
    return [kinds, *({"text": one.label, "is_numeric": True} for one in section.durations)]


@register.filter
def tariff_rows(section: Section) -> list[list[dict[str, Any]]]:
    """Return the rows of a category's table: a kind, then its price for each duration."""
    return [
        [{"text": kind.label}, *(price_cell(one) for one in cells)]
        for kind, cells in section.kinds.items()
    ]


def price_cell(cell: Cell | None) -> dict[str, Any]:
    """Return a price as a cell; one that is not sold takes no line of a phone."""
    return {"text": cell_words(cell), "is_numeric": True, "is_nothing": cell is None}


@register.simple_tag
def ware_words(kind: Space.Kind, duration: Duration) -> str:
    """Return "Poste, Demi-journée"."""
    return f"{kind.label}, {duration.label}"


def cell_words(cell: Cell | None) -> str:
    """Return "3,00 €", "3,00 €, 2,00 € en heures creuses", "gratuit", or a dash."""
    if cell is None:
        return "–"
    if cell.off_peak in (None, cell.price):
        return price_words(cell.price)
    told = {"price": price_words(cell.price), "calm": price_words(cell.off_peak or 0)}
    return _("%(price)s, %(calm)s off peak") % told


@register.filter
def price_words(cents: int) -> str:
    """Return an amount, or that nothing is asked."""
    return money(cents) if cents else _("free of charge")


@register.filter
def band_words(section: Section) -> list[str]:
    """Return how far the sites of a category may go, a sentence for each width of band."""
    words = _("%(kinds)s: each site may ask from %(below)s%% less to %(above)s%% more.")
    return [
        words % {"kinds": kinds_words(section, kinds), "below": below, "above": above}
        for (below, above), kinds in section.bands.items()
    ]


def kinds_words(section: Section, kinds: Sequence[Space.Kind]) -> str:
    """Return the names of some kinds, or that they are all."""
    if len(kinds) == len(section.kinds):
        return _("All spaces")
    return ", ".join(str(one.label) for one in kinds)


@register.simple_tag
def group_choices(
    grid: TariffGrid, groups: Iterable[Group], group: Group, category: str
) -> list[dict[str, Any]]:
    """Return the links to what each customer group pays."""
    return [choice(grid, one, category, one.label, one == group) for one in groups]


@register.simple_tag
def category_choices(
    grid: TariffGrid, sections: Iterable[Section], group: Group, category: str
) -> list[dict[str, Any]]:
    """Return the links to the prices of each category of site."""
    categories = [one.category for one in sections]
    return [choice(grid, group, one, one.label, one == category) for one in categories]


@register.simple_tag
def same_choice(grid: TariffGrid, group: Group, category: str) -> str:
    """Return the address of another grid with what is chosen of this one."""
    address: str = choice(grid, group, category, "", False)["href"]
    return address


@register.simple_tag
def chosen_title(section: Section, group: Group) -> str:
    """Return "Télécentre rural – Étudiant": what the prices below are, also on paper."""
    return f"{section.category.label} – {group.label}"


def choice(
    grid: TariffGrid,
    group: Group,
    category: str,
    text: Any,
    is_chosen: bool,  # noqa: FBT001
) -> dict[str, Any]:
    """Return a link to one group's prices at one category of site."""
    asked = urlencode({"group": group.value, "category": category})
    address = reverse("tariff-grid", args=[grid.pk])
    return {"text": text, "href": f"{address}?{asked}", "is_chosen": is_chosen}


@register.filter
def off_peak_words(rows: Iterable[OffPeak]) -> list[str]:
    """Return "lundi, mardi, 16 h – 24 h (Poste)": the days of the same hours and kind together."""
    days: dict[tuple[str, time, time], list[int]] = defaultdict(list)
    for row in rows:
        days[row.kind, row.starts_at, row.ends_at].append(row.weekday)
    return [hours_words(*hours, weekdays) for hours, weekdays in days.items()]


@register.simple_tag
def off_peak_line(row: OffPeak) -> str:
    """Return the off-peak hours of one weekday."""
    return hours_words(row.kind, row.starts_at, row.ends_at, [row.weekday])


def hours_words(kind: str, starts: time, ends: time, weekdays: Sequence[int]) -> str:
    """Return some hours of some weekdays, and for which kind of space."""
    end = clock(24, 0) if ends == MIDNIGHT else clock_of(ends)
    named = ", ".join(str(Weekday(one).label) for one in weekdays)
    words = f"{named}, {hour_range(clock_of(starts), end)}"
    return f"{words} ({Space.Kind(kind).label})" if kind else words


def clock_of(at: time) -> str:
    """Return a time of day as the reader's language writes it."""
    return clock(at.hour, at.minute)


@register.filter
def pass_words(offer: PassOffer) -> str:
    """Return what a pass holds for: half-days of a kind, months, where."""
    words = ngettext(
        "%(half_days)s half-days (%(kind)s), to use within a month",
        "%(half_days)s half-days (%(kind)s), to use within %(months)s months",
        offer.valid_months,
    ) % {
        "half_days": offer.half_days,
        "kind": offer.get_kind_display(),
        "months": offer.valid_months,
    }
    return _("%(pass)s, at one site") % {"pass": words} if offer.is_of_one_site else words


@register.simple_tag
def way_from_tariffs(page: str) -> list[Step]:
    """Return the breadcrumb of a page of what is sold besides."""
    return way(step(_("Tariffs"), "tariffs"), here=page)


@register.simple_tag
def way_to_grid(grid: TariffGrid | None, is_in_force: bool) -> list[Step]:  # noqa: FBT001  # a tag's
    """Return the breadcrumb of a grid's page."""
    here = "" if grid is None or is_in_force else marked(grid.told_name)
    return way(step(_("Tariffs"), "tariffs"), here=here)
