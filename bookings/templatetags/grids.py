"""The day of a site's spaces as components/day_grid.html draws it, in words."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.charges.slots import SlotPrices
from bookings.rules import GRID
from bookings.search.candidates import SpaceRow
from bookings.search.days.day_grids import HOUR, Cell, DayGrid, Row, State
from bookings.templatetags.results import price_words
from bookings.templatetags.slots import book_query
from network.hrefs import address_of
from network.templatetags.dates import foldable
from network.wording import worded_once
from sites.intervals import Interval
from sites.templatetags.when import clock_time, day_words, hours

register = template.Library()

QUARTERS = HOUR // GRID
#: A longer day is headed every other hour: there is no room for more.
MOST_HEADED_HOURS = 12
#: How full a pool is drawn: in quarters of its places.
SHADES = 4


@register.simple_tag
def drawn_grid(grid: DayGrid, people: int, prices: SlotPrices | None = None) -> dict[str, Any]:
    """Return what components/day_grid.html draws of a day, with prices if the page has any."""
    zone = grid.rows[0].space.site.zone
    return {
        "quarters": grid.window.length // GRID,
        "hours": list(headed_hours(grid.window, zone)),
        "rows": [drawn_row(row, zone, people, prices) for row in grid.rows],
    }


def headed_hours(window: Interval, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Yield the full hours over the columns, and over how many quarters each stands."""
    step = HOUR if window.length <= MOST_HEADED_HOURS * HOUR else 2 * HOUR
    instant = window.starts_at
    while instant < window.ends_at:
        span = min(step, window.ends_at - instant) // GRID
        yield {"span": span, "text": clock_time(instant, zone)}
        instant += step


def drawn_row(row: Row, zone: ZoneInfo, people: int, prices: SlotPrices | None) -> dict[str, Any]:
    """Return one space and its cells, with where those that are free are booked."""
    cells = []
    page = address_of("book", row.space.id)
    for cell in row.cells:
        drawn = drawn_cell(row.space, cell, zone)
        if cell.wish:
            drawn["href"] = f"{page}?{book_query([cell.wish], zone, people)}"
            drawn["price"] = price_words(prices, row.space, [cell.wish], people)
        cells.append(drawn)
    about = f"{row.space.name}, {row.space.site.name}"
    return {"name": row.space.name, "about": about, "cells": cells}


def drawn_cell(space: SpaceRow, cell: Cell, zone: ZoneInfo) -> dict[str, Any]:
    """Return a cell: over how many quarters it stands, its look, hours and words."""
    is_pool = space.units > 1
    return {
        "span": cell.interval.length // GRID,
        "css": look(space, cell),
        "hours": foldable(hours(cell.wish or cell.interval, zone)),
        "note": cell_words(space, cell),
        "left": cell.units_free if is_pool and cell.wish else None,
    }


def look(space: SpaceRow, cell: Cell) -> str:
    """Return the classes of a cell: its state; of a free pool, how much of it is left."""
    if cell.state is State.CLOSED:
        return "closed told" if cell.reason else "closed"
    if cell.state is not State.FREE or space.units == 1:
        return cell.state.value
    return f"free left-{-(-SHADES * cell.units_free // space.units)}"


def cell_words(space: SpaceRow, cell: Cell) -> str:
    """Return what is left of a pool, or why nothing can be booked; nothing of a single free one."""
    if cell.state is State.TAKEN:
        return taken_words(space, cell)
    if cell.state is State.FREE:
        return free_words(cell.units_free) if space.units > 1 else ""
    if cell.reason:
        return _("closed (%(why)s)") % {"why": cell.reason}
    words = {
        State.TOO_SHORT: _("too short"),
        State.TOO_FAR: _("not bookable yet"),
        State.OVER: _("over"),
        State.LUNCH: _("lunch break"),
        State.CLOSED: _("closed"),
    }
    return words[cell.state]


def taken_words(space: SpaceRow, cell: Cell) -> str:
    """Return that nothing is left of a space, or fewer than are wanted."""
    if cell.units_free:
        words = ngettext("only %(free)s free", "only %(free)s free", cell.units_free)
        return words % {"free": cell.units_free}
    return _("full") if space.units > 1 else _("taken")


@worded_once
def free_words(units_free: int) -> str:
    """Return "7 libres"."""
    return ngettext("%(free)s free", "%(free)s free", units_free) % {"free": units_free}


@register.simple_tag
def hours_address(row: Row, day: date, people: int) -> str:
    """Return where other hours of a space are chosen, nothing when none can be had that day."""
    if not any(cell.wish for cell in row.cells):
        return ""
    query: dict[str, str | int] = {"on": day.isoformat(), "people": people, "space": row.space.id}
    return f"{address_of('site', row.space.site.slug)}?{urlencode(query)}#hours"


@register.simple_tag
def no_room_title(grid: DayGrid, day: date) -> str:
    """Return what is said of a day on which the site is open and nothing can be booked."""
    if grid.is_over:
        return _("This day is over")
    if grid.is_too_far:
        return _("This day cannot be booked yet")
    return _("Full on %(day)s") % {"day": day_words(day)}


@register.simple_tag
def next_day_address(day: date | None, people: int) -> str:
    """Return where a further day of the site is shown, nothing without one."""
    if day is None:
        return ""
    query: dict[str, str | int] = {"on": day.isoformat()}
    if people > 1:
        query["people"] = people
    return f"?{urlencode(query)}"
