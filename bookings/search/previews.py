"""What a wish would get, told before it is confirmed."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from bookings.admission import admitted, find_placement
from bookings.errors import (
    Closed,
    InThePast,
    NoUnitFree,
    OutsideOpeningHours,
    OverlapsOwnBooking,
    QuotaOfSpace,
    SiteInactive,
    TooFarAhead,
    TooLong,
    TooManyPeople,
    TooShort,
)
from bookings.ground import seen_ground
from bookings.models import Booking, Hold
from bookings.quotas import Claim, refuse_more, refuse_waiting
from bookings.search.candidates import Search
from bookings.search.repeats import Agenda, agenda_of
from bookings.search.slots import SiteSlots, SlotSearch, SpaceSlots, When
from bookings.search.where.elsewhere import Elsewhere, Wanted, elsewhere, whereabouts
from bookings.units.packing import Placement
from bookings.wishes import Wish
from network.errors import Refusal
from network.models import User
from sites.intervals import Interval
from sites.models import Space, Unit

#: What another space may grant; other refusals would be the same at every site.
MENDED_ELSEWHERE = (
    *(NoUnitFree, Closed, OutsideOpeningHours, SiteInactive),
    *(TooManyPeople, QuotaOfSpace, TooShort, TooLong, TooFarAhead),
)

#: What another time of the same day may grant.
MENDED_HERE = (*MENDED_ELSEWHERE, InThePast, OverlapsOwnBooking)


@dataclass(frozen=True)
class Preview:
    """A wish as it stands now: what it would get, or why not."""

    space: Space
    intervals: tuple[Interval, ...]
    refusal: Refusal | None = None
    #: Labels of numbered units, interval by interval; empty where units are interchangeable.
    units: list[list[str]] = field(default_factory=list)

    @property
    def is_split(self) -> bool:
        """Tell whether the units change from one interval to the next."""
        return any(labels != self.units[0] for labels in self.units[1:])


def preview(
    *,
    wish: Wish,
    space: Space,
    person: User | AnonymousUser,
    now: datetime,
    own: Collection[Hold] = (),
) -> Preview:
    """Return what `book` would do now, or `hold` for a visitor.

    `own` are the live holds of the session: those in the way would be let go. Nothing is locked:
    somebody else may still be faster.
    """
    try:
        intervals, placement = seen(wish, space, person, now, own)
    except Refusal as refusal:
        return Preview(space, wish.intervals, refusal)
    if space.is_fungible:
        return Preview(space, tuple(intervals))
    labels = dict(Unit.objects.filter(space=space).values_list("pk", "label"))
    units = [[labels[unit] for unit in some] for some in placement.units]
    return Preview(space, tuple(intervals), units=units)


def seen(
    wish: Wish, space: Space, person: User | AnonymousUser, now: datetime, own: Collection[Hold]
) -> tuple[list[Interval], Placement]:
    """Return the times and units that the wish would get, or refuse it."""
    places = space.units_for(wish.people)
    someone = person if isinstance(person, User) else None
    ground = seen_ground(wish, space, someone, now)
    intervals = admitted(wish, space, now, ground.openings)
    given_up = [one for one in own if one.meets(space.pk, intervals)]
    if someone:
        refuse_more(Claim(someone, someone, space, intervals, places), now, ground.held)
    else:
        others = [one for one in own if one not in given_up]
        refuse_waiting(space, intervals, places, others)
    rows = ground.without({row.pk for one in given_up for row in one.allocations.all()}).rows
    return intervals, find_placement(wish, space, intervals, now, rows)


def alternatives(
    space: Space, wish: Wish, person: User | AnonymousUser, now: datetime
) -> list[SiteSlots]:
    """Return what else is free at the same site, of the same kind, on the wish's first day.

    Never a time at which the person already has such a place: it would be refused.
    """
    return free_here(space, wish, agenda_of(person, now))


def free_here(space: Space, wish: Wish, agenda: Agenda) -> list[SiteSlots]:
    """Return the same to whose agenda it is."""
    now, zone = agenda.now, space.site.zone
    day = max(wish.intervals[0].starts_at, now).astimezone(zone).date()
    search = Search(kinds=(space.kind,), site=space.site.slug, people=wish.people)
    sites = SlotSearch(search, [day], now).sites(When((day,)))
    open_to_them = (
        replace(site, spaces=tuple(with_room(one, agenda) for one in site.spaces)) for site in sites
    )
    return [site for site in open_to_them if site.is_free]


def elsewhere_for(
    space: Space, wish: Wish, person: User | AnonymousUser, refusal: Refusal | None, now: datetime
) -> list[Elsewhere]:
    """Return the nearest other sites at which the refused wish could be had, at most three.

    None where no other site would help. Seven queries at most, one of them the person's.
    """
    if not isinstance(refusal, MENDED_ELSEWHERE):
        return []
    return others_for(space, wish, agenda_of(person, now))


@dataclass(frozen=True)
class Instead:
    """Where a booking could go when it cannot be changed as wished."""

    here: list[SiteSlots]
    elsewhere: list[Elsewhere]


def instead_of(booking: Booking, wish: Wish, refusal: Refusal, now: datetime) -> Instead:
    """Return what is free instead of a refused change, as if the booking were given back.

    Other times at its own site only for a wish of one time: of several, one alone would go.
    """
    agenda = agenda_of(booking.person, now, booking)
    is_mended_here = isinstance(refusal, MENDED_HERE) and len(wish.intervals) == 1
    here = free_here(booking.space, wish, agenda) if is_mended_here else []
    is_mended_elsewhere = isinstance(refusal, MENDED_ELSEWHERE)
    return Instead(here, others_for(booking.space, wish, agenda) if is_mended_elsewhere else [])


def others_for(space: Space, wish: Wish, agenda: Agenda) -> list[Elsewhere]:
    """Return the nearest other sites with room for the wish, by whose agenda it is: six queries."""
    around = whereabouts(space.site, wish.intervals[0].starts_at)
    wanted = Wanted(space.kind, wish.intervals, wish.people, around, space.site.slug)
    return elsewhere(wanted, agenda)


def with_room(space: SpaceSlots, agenda: Agenda) -> SpaceSlots:
    """Return the space with the slots at which the person has no other such place."""
    slots = (slot for slot in space.slots if agenda.has_room(space.space.kind, slot.intervals))
    return replace(space, slots=tuple(slots))
