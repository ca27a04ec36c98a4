"""What the page of results shows: sites with room, with hours left, full ones, and farther away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bookings.search.candidates import Search
from bookings.search.days.halfdays import HalfDay, next_half_days
from bookings.search.days.pieces import spaces_drawn
from bookings.search.slots import SiteSlots, SlotSearch, SpaceSlots, When
from bookings.search.where.farther import Farther, farther_sites

#: How far to look for the same wish when nothing within reach has room, and how much to show.
BEYOND_KM, MOST_BEYOND = 100.0, 3
#: Of so many full sites the next half-days with room are looked for.
MOST_LOOKED_AT = 10


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


@dataclass(frozen=True, slots=True)
class Full:
    """A site without room then, and its next half-days with room, if they were looked for."""

    found: SiteSlots
    half_days: Sequence[HalfDay] = ()


@dataclass(frozen=True)
class Results:
    """The sites of a search, nearest first. All but `farther` and `beyond` are within reach.

    `sites`: all within reach; `free`: where the wish fits; `cards`: those, then where hours are
    left; `full`: neither, the nearest with their next half-days. `beyond`: when nothing is free
    within reach, the nearest of all others that are.
    """

    sites: tuple[SiteSlots, ...]
    free: tuple[SiteSlots, ...]
    cards: tuple[Card, ...]
    full: tuple[Full, ...]
    farther: Farther
    beyond: tuple[Card, ...]


def results_of(search: Search, when: When, now: datetime) -> Results:
    """Return what `search` finds at the times of `when`."""
    found = SlotSearch(search, when.days, now)
    sites = tuple(found.told(when))
    drawn = [Card(one, spaces_drawn(found, one, when)) for one in sites]
    free = tuple(one for one in sites if one.is_free)
    return Results(
        sites=sites,
        free=free,
        cards=tuple(sorted((one for one in drawn if one.has_room), key=lambda one: one.is_partly)),
        full=tuple(with_half_days(found, [one.found for one in drawn if not one.has_room], when)),
        farther=farther_sites(found, when, {one.site.id for one in sites}),
        beyond=() if free else tuple(sites_beyond(search, when, now)),
    )


def with_half_days(found: SlotSearch, full: Sequence[SiteSlots], when: When) -> Iterator[Full]:
    """Yield the full sites, the nearest of them with their next half-days from the first day on."""
    spaces = [space for one in full[:MOST_LOOKED_AT] for space in found.spaces_of[one.site]]
    half_days = next_half_days(
        spaces, found.now, people=found.search.people, first_day=when.days[0]
    )
    for one in full:
        yield Full(one, half_days.get(one.site.id, ()))


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
