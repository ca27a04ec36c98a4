"""What the page of results shows: sites with room, with hours left, full ones, and farther away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from bookings.search.candidates import Search
from bookings.search.days.halfdays import HalfDay, next_half_days
from bookings.search.days.pieces import spaces_drawn
from bookings.search.repeats import agenda_of
from bookings.search.slots import SiteSlots, SlotSearch, SpaceSlots, When
from bookings.search.where.elsewhere import Elsewhere, elsewhere_found
from bookings.search.where.farther import Farther, farther_sites
from network.models import User

#: How far to look for the same wish when nothing within reach has room, and how much to show.
BEYOND_KM, MOST_BEYOND = 100.0, 3
#: Of so many full sites it is looked for what they have next, and where the wish fits instead.
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
    """A site without room then; if it was looked for, its next half-days and the nearest instead.

    `instead` is at most one site where the same wish fits.
    """

    found: SiteSlots
    half_days: Sequence[HalfDay] = ()
    instead: Sequence[Elsewhere] = ()


@dataclass(frozen=True)
class Results:
    """The sites of a search, nearest first. All but `farther` and `beyond` are within reach.

    `sites`: all within reach; `free`: where the wish fits; `cards`: those, then where hours are
    left; `full`: neither, the nearest with what helps. `beyond`: when nothing is free within reach,
    the nearest of all others that are.
    """

    sites: tuple[SiteSlots, ...]
    free: tuple[SiteSlots, ...]
    cards: tuple[Card, ...]
    full: tuple[Full, ...]
    farther: Farther
    beyond: tuple[Card, ...]


def results_of(search: Search, when: When, person: User | AnonymousUser, now: datetime) -> Results:
    """Return what `search` finds at the times of `when`, for that person."""
    found = SlotSearch(search, when.days, now)
    sites = tuple(found.told(when))
    drawn = [Card(one, spaces_drawn(found, one, when)) for one in sites]
    fitting, others = partitioned(drawn)
    full = [one.found for one in others if not one.has_room]
    free = tuple(one.found for one in fitting)
    beyond = () if free else tuple(sites_beyond(search, when, now))
    return Results(
        sites=sites,
        free=free,
        cards=(*fitting, *(one for one in others if one.has_room)),
        full=tuple(with_help(found, full, when, free or [one.found for one in beyond], person)),
        farther=farther_sites(found, when, {one.site.id for one in sites}),
        beyond=beyond,
    )


def partitioned(cards: Iterable[Card]) -> tuple[list[Card], list[Card]]:
    """Return the cards of sites where the wish fits, and those where it does not."""
    fitting: list[Card] = []
    others: list[Card] = []
    for one in cards:
        (others if one.is_partly else fitting).append(one)
    return fitting, others


def with_help(
    found: SlotSearch,
    full: Sequence[SiteSlots],
    when: When,
    free: Sequence[SiteSlots],
    person: User | AnonymousUser,
) -> Iterator[Full]:
    """Yield the full sites, the nearest of them with their next half-days from the first day on.

    And with the nearest of the `free` ones where that person may have the same. The person's
    bookings are one query, unless nothing is full.
    """
    if not full:
        return
    looked_at, people = full[:MOST_LOOKED_AT], found.search.people
    spaces = [space for one in looked_at for space in found.spaces_of[one.site]]
    half_days = next_half_days(spaces, found.now, people=people, first_day=when.days[0])
    agenda = agenda_of(person, found.now)
    for one in looked_at:
        instead = elsewhere_found(one, free, people, agenda)[:1]
        yield Full(one, half_days.get(one.site.id, ()), instead)
    yield from (Full(one) for one in full[MOST_LOOKED_AT:])


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
