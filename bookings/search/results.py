"""What the page of results shows: sites with room, with hours left, full ones, and farther away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bookings.search.candidates import Search
from bookings.search.farther import Farther, farther_sites
from bookings.search.pieces import spaces_drawn
from bookings.search.slots import SiteSlots, SlotSearch, SpaceSlots, When

#: How far to look for the same wish when nothing within reach has room, and how much to show.
BEYOND_KM, MOST_BEYOND = 100.0, 3


@dataclass(frozen=True, slots=True)
class Card:
    """A site as it was counted, and its spaces as they are drawn: full ones in free pieces."""

    found: SiteSlots
    spaces: tuple[SpaceSlots, ...]

    @property
    def is_partly(self) -> bool:
        """Tell whether only hours are left."""
        return not self.found.is_free

    @property
    def has_room(self) -> bool:
        """Tell whether there is anything to press."""
        return any(one.is_free for one in self.spaces)


@dataclass(frozen=True)
class Results:
    """The sites of a search, nearest first. All but `farther` and `beyond` are within reach.

    `sites`: all within reach; `free`: where the wish fits; `cards`: those, then where hours are
    left; `full`: neither. `beyond`: when nothing is free within reach, the nearest beyond.
    """

    sites: tuple[SiteSlots, ...]
    free: tuple[SiteSlots, ...]
    cards: tuple[Card, ...]
    full: tuple[SiteSlots, ...]
    farther: Farther
    beyond: tuple[Card, ...]


def results_of(search: Search, when: When, now: datetime) -> Results:
    """Return what `search` finds at the times of `when`."""
    found = SlotSearch(search, when.days, now)
    sites = tuple(found.sites(when))
    drawn = [Card(one, spaces_drawn(found, one, when)) for one in sites]
    free = tuple(one for one in sites if one.is_free)
    return Results(
        sites=sites,
        free=free,
        cards=tuple(sorted((one for one in drawn if one.has_room), key=lambda one: one.is_partly)),
        full=tuple(one.found for one in drawn if not one.has_room),
        farther=farther_sites(found, when, {one.site.id for one in sites}),
        beyond=() if free else tuple(sites_beyond(search, when, now)),
    )


def sites_beyond(search: Search, when: When, now: datetime) -> Iterator[Card]:
    """Yield the nearest sites beyond the reach of `search` where the same wish fits."""
    if search.near is None or search.radius_km >= BEYOND_KM:
        return
    wider = SlotSearch(replace(search, radius_km=BEYOND_KM), when.days, now)
    beyond = (
        one
        for one in wider.sites(when)
        if one.is_free and (one.distance_km or 0) > search.radius_km
    )
    for _number, one in zip(range(MOST_BEYOND), beyond, strict=False):
        yield Card(one, one.spaces)
