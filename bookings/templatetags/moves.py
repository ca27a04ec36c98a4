"""Where a booking could go instead, as buttons of the form that changes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from bookings.search.candidates import SpaceRow
from bookings.search.slots import Slot
from bookings.search.where.elsewhere import Elsewhere
from bookings.templatetags.elsewhere import elsewhere_button
from bookings.templatetags.results import drawn_slots
from bookings.wishes import place_text
from sites.intervals import Interval

register = template.Library()


@register.simple_tag
def moving_slots(slots: Iterable[Slot], space: SpaceRow, site: str) -> list[dict[str, Any]]:
    """Return some slots of a space as they are drawn, each to move the booking there."""
    free = [slot for slot in slots if slot.is_free]
    drawn = zip(drawn_slots(free, space, 1, site), free, strict=True)
    return [moving(one, space, slot.intervals) for one, slot in drawn]


@register.inclusion_tag("components/slot.html")
def moving_button(one: Elsewhere) -> dict[str, Any]:
    """Draw the button that moves the booking to another site."""
    return moving(elsewhere_button(one), one.space, one.times)


def moving(drawn: Mapping[str, Any], space: SpaceRow, times: Iterable[Interval]) -> dict[str, Any]:
    """Return what is drawn as a button of the form, instead of a link that books."""
    value = place_text(space.id, times, space.site.zone)
    return {**drawn, "href": "", "name": "instead", "value": value}
