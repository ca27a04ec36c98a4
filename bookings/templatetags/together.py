"""A week of an employer's people in words, tables and choices."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from billing.templatetags.prices import price_words
from bookings.models import Booking
from bookings.search.parts import Part
from bookings.together.cells import Alternative, Cell, Tried
from bookings.together.grid import Grid, Row, instead_code
from network.hrefs import address_of
from network.models import Organisation
from network.ways import Step, step, way
from sites.models import Site
from sites.templatetags.when import day_words, distance
from subscriptions.forms.places import site_name

register = template.Library()
Table = dict[str, Any]


class Choice(NamedTuple):
    """The field of a site on a day: its name, what it is called, what is chosen."""

    name: str
    day: date
    chosen: str


@register.simple_tag
def way_to_together(employer: Organisation, page: str) -> list[Step]:
    """Return the breadcrumb of the pages on which people are booked for."""
    return way(step(_("Book for several people"), "employer-book", employer.pk), here=page)


@register.simple_tag
def site_choices(grid: Grid, row: Row) -> list[Choice]:
    """Return the fields of a row."""
    return [
        Choice(row.named(f"site{number}"), day, row.sites[number])
        for number, day in enumerate(grid.days)
    ]


@register.simple_tag
def site_options(grid: Grid, recent: Iterable[str], chosen: str) -> SafeString:
    """Return the sites to choose from: the recent ones first, then all."""
    first = [grid.sites[one] for one in dict.fromkeys([chosen, *recent]) if one in grid.sites]
    groups = [(_("Recent"), options(first, chosen)), (_("All sites"), options(grid.sites.values()))]
    told = ((name, sites) for name, sites in groups if sites)
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', told)


def options(sites: Iterable[Site], chosen: str = "") -> SafeString:
    """Return an option for each of some sites; the one that is chosen is marked."""
    marks = {chosen: SafeString(" selected")}
    told = ((one.pk, marks.get(str(one.pk), ""), site_name(one)) for one in sites)
    return format_html_join("", '<option value="{}"{}>{}</option>', told)


@register.simple_tag
def without(grid: Grid, row: Row, employer: Organisation) -> str:
    """Return the address of the grid without somebody."""
    return f"{address_of('employer-book', employer.pk)}?{grid.without(row).query}"


@register.filter
def cell_words(cell: Cell) -> str:
    """Return when and where a cell is: "Monday 30 November, Morning: La Fabrique (Villé)"."""
    told = {"when": when_words(cell), "site": site_name(cell.site)}
    return _("%(when)s: %(site)s") % told


def when_words(cell: Cell) -> str:
    """Return the day of a cell, and which half of it."""
    day = day_words(cell.day)
    return day if cell.part == Part.DAY else f"{day}, {cell.part.label}"


@register.simple_tag
def ways_out(tried: Tried) -> list[tuple[str, str]]:
    """Return what else a refused cell can be had for: in words, and as a form tells it."""
    return [(alternative_words(one), instead_code(tried.cell, one)) for one in tried.alternatives]


def alternative_words(one: Alternative) -> str:
    """Return where or when else: "Le Comptoir (Villé), 2,2 km away", "Tuesday 1 December"."""
    if one.distance_km is None:
        return day_words(one.day)
    return f"{one.site.name} ({one.site.commune}), {distance(one.distance_km)}"


@register.simple_tag
def fine_table(tried: Iterable[Tried]) -> Table:
    """Return columns and rows of what would be booked."""
    names = (_("Person"), _("Day"), _("Site"), _("Price"))
    return {"columns": [{"text": one} for one in names], "rows": [fine_row(one) for one in tried]}


def fine_row(one: Tried) -> list[dict[str, Any]]:
    """Return the cells of what would be booked for somebody."""
    cell = one.cell
    return [
        {"text": str(cell.person), "is_own": True, "is_name": True},
        {"text": when_words(cell)},
        {"text": site_name(cell.site), "is_own": True, "is_name": True},
        {"text": paid_words(one)},
    ]


def paid_words(one: Tried) -> str:
    """Return what is to be paid and what covers it."""
    if one.price is None:
        return _("No price is set.")
    if one.price.is_covered and not one.price.cents:
        return _("Covered by the subscription")
    return price_words(one.price)


@register.simple_tag
def booked_table(rows: Iterable[Booking], employer: Organisation) -> Table:
    """Return columns and rows of what is booked: no hours, no desks."""
    names = (_("Person"), _("Day"), _("Site"), pgettext("a booking", "Cancel"))
    told = [booked_row(one, employer) for one in rows]
    return {"columns": [{"text": one} for one in names], "rows": told}


def booked_row(one: Booking, employer: Organisation) -> list[dict[str, Any]]:
    """Return the cells of what is booked for somebody."""
    person, day = str(one.person), booked_day(one)
    there = address_of("employer-booked-cancel", employer.pk, one.reference)
    return [
        {"text": person, "is_own": True, "is_name": True},
        {"text": day, "is_whole": True},
        {"text": site_name(one.site), "is_own": True, "is_name": True},
        {"text": pgettext("a booking", "Cancel"), "href": there, "about": f"{person}, {day}"},
    ]


@register.filter
def booked_day(booking: Booking) -> str:
    """Return the first day of a booking by the clocks of its site."""
    return day_words(booking.starts_at.astimezone(booking.site.zone).date())
