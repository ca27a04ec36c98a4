"""Where a booking could go instead, as buttons of the form that changes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from bookings.charges.slots import SlotPrices
from bookings.models import Booking
from bookings.rules import minutes_of
from bookings.search.candidates import SpaceRow
from bookings.search.moves import Move
from bookings.search.where.elsewhere import Elsewhere
from bookings.templatetags.elsewhere import elsewhere_button
from bookings.templatetags.previews import free_here_title
from bookings.templatetags.results import DOT, price_words
from bookings.templatetags.slots import hours_list
from bookings.wishes import place_text
from sites.intervals import Interval
from sites.templatetags.when import day_words_short, duration

register = template.Library()


@register.filter
def moves_title(moves: list[Move]) -> str:
    """Return the title of other hours of one day at the booking's site."""
    return free_here_title(moves[0].fresh[0], moves[0].space.site.zone)


@register.inclusion_tag("components/slot.html")
def hours_move(move: Move, booking: Booking, prices: SlotPrices | None = None) -> dict[str, Any]:
    """Draw the button that moves the booking to other hours of the day, with what changes."""
    drawn = moved(move, booking, prices)
    return {**drawn, "time": hours_of(move), "small": length_change(move, booking)}


@register.inclusion_tag("components/slot.html")
def day_move(move: Move, booking: Booking, prices: SlotPrices | None = None) -> dict[str, Any]:
    """Draw the button that moves the booking to another day: its hours, and what else changes."""
    day = move.fresh[0].starts_at.astimezone(move.space.site.zone).date()
    is_same_space = move.space.id == booking.space_id
    stop = move.offer.stop
    lines = [
        hours_of(move),
        "" if is_same_space else move.space.name,
        str(stop or ""),
    ]
    drawn = moved(move, booking, prices)
    return {**drawn, "time": day_words_short(day), "small": DOT.join(filter(None, lines))}


def hours_of(move: Move) -> str:
    """Return from when to when the times that change would be."""
    return hours_list(move.fresh, move.space.site.zone)


def length_change(move: Move, booking: Booking) -> str:
    """Return whether the booking would be as long as it is, or how long instead."""
    held = {one.interval for one in booking.allocations.all()}
    before, after = minutes_of(held), minutes_of(move.times)
    if before == after:
        return _("as long as before")
    lengths = {"after": duration(after), "before": duration(before)}
    return _("%(after)s instead of %(before)s") % lengths


def moved(move: Move, booking: Booking, prices: SlotPrices | None) -> dict[str, Any]:
    """Return what is alike of all buttons that move a booking within its site, with its price."""
    space, free = move.space, move.offer.units_free
    drawn = {
        "free": free if space.units > 1 else None,
        "about": f"{space.name}, {space.site.name}",
        "price": price_words(prices, space, move.times, booking.people),
    }
    return moving(drawn, space, move.times)


@register.inclusion_tag("components/slot.html")
def moving_button(one: Elsewhere, prices: SlotPrices | None = None) -> dict[str, Any]:
    """Draw the button that moves the booking to another site."""
    return moving(elsewhere_button(one, prices), one.space, one.times)


def moving(drawn: Mapping[str, Any], space: SpaceRow, times: Iterable[Interval]) -> dict[str, Any]:
    """Return what is drawn as a button of the form, instead of a link that books."""
    value = place_text(space.id, times, space.site.zone)
    return {**drawn, "href": "", "name": "instead", "value": value}
