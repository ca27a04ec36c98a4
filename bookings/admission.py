"""Whether a wish can be had, and what it would get. Reads only: nothing is locked or written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, DateTimeField, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.errors import (
    Closed,
    NotNumbered,
    NoUnitFree,
    OutsideOpeningHours,
    SiteInactive,
    TooManyPeople,
)
from bookings.models import LONGEST_ALLOCATION, Allocation
from bookings.rights import MANAGE_ANY
from bookings.rules import admitted_times, days_of, edge_outside, kept_and_fresh
from bookings.units.packing import Placement, Taken, place, repack
from bookings.wishes import Wish
from network.models import User
from network.sql import Given, kept
from sites.intervals import Interval, envelope, is_covered
from sites.models import Site, Space, Unit
from sites.openings import Openings
from sites.rules import local_day
from sites.templatetags.when import day_words, hours
from subscriptions.accounts import refuse_unless_on_account
from subscriptions.assistants import books_for


def refuse_stranger(by: User, person: User, site: Site, account: int | None, now: datetime) -> None:
    """Refuse somebody who neither is `person` nor runs the site nor may manage any booking.

    What is on the `account` of an employer, told by its key, is also done by who books for its
    people. Raises PermissionDenied.
    """
    if by.pk == person.pk or by.has_perm(MANAGE_ANY):
        return
    runs = Site.objects.run_by(by).filter(pk=site.pk)
    if not (runs.exists() or books_for(by, account, now)):
        raise PermissionDenied


def refuse_payer(wish: Wish, person: User, now: datetime) -> None:
    """Refuse an account that is not open to the person. Raises NotOnAccount."""
    if wish.on_account_of is not None:
        refuse_unless_on_account(person, wish.on_account_of, now)


def admitted(wish: Wish, space: Space, now: datetime, openings: Openings) -> list[Interval]:
    """Return the wish's times cut at midnights, or refuse what the space does not allow."""
    refuse_inactive(space)
    if wish.people > space.capacity:
        raise TooManyPeople(
            ngettext(
                "This space seats one person.",
                "This space seats %(seats)d people.",
                space.capacity,
            )
            % {"seats": space.capacity}
        )
    zone = space.site.zone
    intervals = admitted_times(wish.intervals, limits=space, zone=zone, now=now)
    refuse_not_open(space, days_of(intervals, zone), openings)
    return intervals


def admitted_instead(
    wish: Wish, space: Space, held: Collection[Interval], now: datetime, openings: Openings
) -> list[Interval]:
    """Return the wish's times instead of those `held` there for as many, or refuse what is new.

    Days that stay as they are were admitted once: a closure since then keeps nobody from mending
    another day, or the note.
    """
    if not held:
        return admitted(wish, space, now, openings)
    kept, fresh = kept_and_fresh(wish.intervals, sorted(set(held)), space.site.zone)
    if kept and not fresh:
        return kept
    return sorted(kept + admitted(replace(wish, intervals=tuple(fresh)), space, now, openings))


def refuse_inactive(space: Space) -> None:
    """Refuse a space that takes no bookings, or whose site takes none."""
    if not (space.is_active and space.site.is_active):
        raise SiteInactive(_("This space takes no bookings at the moment."))


def refuse_not_open(
    space: Space, days: Mapping[date, Sequence[Interval]], openings: Openings
) -> None:
    """Refuse times of local days over all of which the space is not open."""
    for day, parts in days.items():
        really_open = openings.open_intervals(space.site, day, space.pk)
        if all(is_covered(part, really_open) for part in parts):
            continue
        scheduled = openings.scheduled(space.site, day)
        if not all(is_covered(part, scheduled) for part in parts):
            words = words_outside(day, scheduled, space.site.zone)
            raise OutsideOpeningHours(words, edge=edge_outside(parts, scheduled))
        reason = openings.why_closed(space.site, day, space.pk)
        raise Closed(_("Closed at this time: %(reason)s.") % {"reason": reason})


def words_outside(day: date, scheduled: Sequence[Interval], zone: ZoneInfo) -> str:
    """Return on which day the site is not open over all of a time, and its hours then."""
    if not scheduled:
        return _("The site is not open on %(day)s.") % {"day": day_words(day)}
    opening = ", ".join(hours(one, zone) for one in scheduled)
    words = _("The site is not open over all of this time on %(day)s: it opens %(hours)s.")
    return words % {"day": day_words(day), "hours": opening}


class UnitRow(NamedTuple):
    """A unit and one allocation of it; without one, `allocation` and what follows are None."""

    unit: int
    allocation: int
    starts_at: datetime
    ends_at: datetime
    hold: int | None
    held_until: datetime | None

    def meets(self, window: Interval) -> bool:
        """Tell whether it has an allocation that shares an instant with the window."""
        if not self.allocation:
            return False
        return self.starts_at < window.ends_at and self.ends_at > window.starts_at

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is held and its time is over."""
        return self.held_until is not None and self.held_until <= now


def find_placement(
    wish: Wish,
    space: Space,
    intervals: Sequence[Interval],
    now: datetime,
    rows: Sequence[UnitRow],
) -> Placement:
    """Return the units the wish gets, re-packing a fungible space if that makes room.

    Holds at their end are in nobody's way; the placement names them, to be let go. `rows` are of
    the units, over the days of the wish at least. Raises NoUnitFree or NotNumbered.
    """
    count = space.units_for(wish.people)
    window = days_around(space, intervals)
    units = offered([row.unit for row in rows], space, wish.unit_id)
    met = [row for row in rows if row.meets(window) and row.unit in units]
    ended = {row.hold for row in met if row.hold and row.is_over(now)}
    taken = [
        Taken(row.allocation, Interval(row.starts_at, row.ends_at), row.unit)
        for row in met
        if row.hold not in ended
    ]
    placement = place(units, taken, intervals, count)
    if placement is None and space.is_fungible:
        placement = repack(units, taken, intervals, count, now)
    if placement is None:
        raise NoUnitFree(_("Nothing is free here any more at this time. Choose another one."))
    placement.ended = ended
    return placement


def offered(units: Iterable[int], space: Space, unit_id: int | None) -> list[int]:
    """Return the ids of the units that may be given, or refuse the one asked for."""
    every = list(dict.fromkeys(units))
    if unit_id is None:
        return every
    if space.is_fungible or unit_id not in every:
        raise NotNumbered(_("This place is not offered by number in this space."))
    return [unit_id]


@kept
def units_with_allocations() -> QuerySet[Unit, tuple[Any, ...]]:
    """Return the units in use of one space, in order, with what takes each in a window."""
    space = Given("space", BigIntegerField())
    start, end, last_end = (Given(one, DateTimeField()) for one in ("start", "end", "last_end"))
    met = FilteredRelation(
        "allocations",
        condition=Q(
            allocations__space=space,
            allocations__status__in=Allocation.GUARDED,
            allocations__ends_at__gt=start,
            allocations__ends_at__lt=last_end,
            allocations__starts_at__lt=end,
        ),
    )
    columns = ("pk", "starts_at", "ends_at", "hold_id", "held_until")
    units = Unit.objects.active().filter(space=space).annotate(met=met).order_by("pk")
    return units.values_list("pk", *(f"met__{column}" for column in columns))


class AskedUnits:
    """Which units a space has and what takes them in a window, to be asked with other things."""

    def __init__(self, space_id: int, window: Interval) -> None:
        self.statement = units_with_allocations().asked(
            space=space_id,
            start=window.starts_at,
            end=window.ends_at,
            last_end=window.ends_at + LONGEST_ALLOCATION,
        )

    @property
    def rows(self) -> list[UnitRow]:
        """Return what was read."""
        return [UnitRow(*row) for row in self.statement.rows]


def days_around(space: Space, intervals: Sequence[Interval]) -> Interval:
    """Return the local days of `intervals`, and all between them."""
    return envelope(local_day(day, space.site.zone) for day in days_of(intervals, space.site.zone))


def as_if_given_up(rows: Sequence[UnitRow], allocations: Collection[int]) -> list[UnitRow]:
    """Return the rows as they would be without those allocations, told by their keys."""
    return [row._replace(allocation=0) if row.allocation in allocations else row for row in rows]
