"""Whether a wish can be had, and what it would get. Reads only: nothing is locked or written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.errors import (
    Closed,
    NotNumbered,
    NoUnitFree,
    OutsideOpeningHours,
    OverlapsOwnBooking,
    SiteInactive,
    TooManyPeople,
)
from bookings.models import Allocation, Booking
from bookings.packing import Placement, Taken, place, repack
from bookings.rights import MANAGE_ANY
from bookings.rules import admitted_times, days_of, kept_and_fresh
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval, envelope, is_covered
from sites.models import Site, Space
from sites.openings import Openings, load_openings
from sites.rules import local_day
from sites.templatetags.when import day_words, hours


def refuse_stranger(by: User, person: User, site: Site) -> None:
    """Refuse somebody who neither is `person` nor runs the site nor may manage any booking."""
    if by.pk == person.pk or by.has_perm(MANAGE_ANY):
        return
    if not Site.objects.run_by(by).filter(pk=site.pk).exists():
        raise PermissionDenied


def admitted(wish: Wish, space: Space, now: datetime) -> list[Interval]:
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
    refuse_shut(space, intervals, zone)
    return intervals


def admitted_instead(wish: Wish, space: Space, booking: Booking, now: datetime) -> list[Interval]:
    """Return the wish's times instead of those of `booking`, or refuse what is new about them.

    Days that stay as they are were admitted once: a closure since then keeps nobody from mending
    another day, or the note.
    """
    if space.pk != booking.space_id or wish.people != booking.people:
        return admitted(wish, space, now)
    held = [one.interval for one in booking.allocations.confirmed()]
    kept, fresh = kept_and_fresh(wish.intervals, sorted(set(held)), space.site.zone)
    if kept and not fresh:
        return kept
    return sorted(kept + admitted(replace(wish, intervals=tuple(fresh)), space, now))


def refuse_inactive(space: Space) -> None:
    """Refuse a space that takes no bookings, or whose site takes none."""
    if not (space.is_active and space.site.is_active):
        raise SiteInactive(_("This space takes no bookings at the moment."))


def refuse_shut(space: Space, intervals: Sequence[Interval], zone: ZoneInfo) -> None:
    """Refuse times when the site, or this space, is not open throughout."""
    days = days_of(intervals, zone)
    refuse_not_open(space, days, load_openings([space.site], min(days), max(days)))


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
            raise OutsideOpeningHours(words_outside(day, scheduled, space.site.zone))
        reason = openings.why_closed(space.site, day, space.pk)
        raise Closed(_("Closed at this time: %(reason)s.") % {"reason": reason})


def words_outside(day: date, scheduled: Sequence[Interval], zone: ZoneInfo) -> str:
    """Return on which day the site is not open over all of a time, and its hours then."""
    if not scheduled:
        return _("The site is not open on %(day)s.") % {"day": day_words(day)}
    opening = ", ".join(hours(one, zone) for one in scheduled)
    words = _("The site is not open over all of this time on %(day)s: it opens %(hours)s.")
    return words % {"day": day_words(day), "hours": opening}


def refuse_second_place(
    person: User, space: Space, intervals: Sequence[Interval], besides: Booking | None = None
) -> None:
    """Refuse a second place of the same kind while the person has one."""
    span = envelope(intervals)
    held = Allocation.objects.held_by(person, span.starts_at)
    own = held.between(span).filter(space__kind=space.kind)
    if besides:
        own = own.exclude(booking=besides)
    rows = own.values_list("starts_at", "ends_at", "booking__reference")
    for starts_at, ends_at, reference in rows:
        if any(one.overlaps(Interval(starts_at, ends_at)) for one in intervals):
            raise OverlapsOwnBooking(
                _("You already have a booking of this kind at that time: %(reference)s.")
                % {"reference": reference},
                reference=reference,
            )


def find_placement(
    wish: Wish, space: Space, intervals: Sequence[Interval], now: datetime
) -> Placement:
    """Return the units the wish gets, re-packing a fungible space if that makes room.

    Holds at their end are in nobody's way; the placement names those to let go. Raises NoUnitFree
    or NotNumbered.
    """
    count = space.units_for(wish.people)
    units = units_on_offer(space, wish.unit_id)
    taken, ended = taken_units(space, units, intervals, now)
    placement = place(units, taken, intervals, count)
    if placement is None and space.is_fungible:
        placement = repack(units, taken, intervals, count, now)
    if placement is None:
        raise NoUnitFree(_("Nothing is free here any more at this time. Choose another one."))
    placement.ended = ended
    return placement


def units_on_offer(space: Space, unit_id: int | None) -> list[int]:
    """Return the ids of the units that may be given, or refuse the one asked for."""
    units = list(space.units.active().order_by("pk").values_list("pk", flat=True))
    if unit_id is None:
        return units
    if space.is_fungible or unit_id not in units:
        raise NotNumbered(_("This place is not offered by number in this space."))
    return [unit_id]


def taken_units(
    space: Space, units: Sequence[int], intervals: Sequence[Interval], now: datetime
) -> tuple[list[Taken], set[int]]:
    """Return what takes those units on the days of `intervals`, and the holds there that ended."""
    days = days_of(intervals, space.site.zone)
    whole_days = envelope(local_day(day, space.site.zone) for day in days)
    rows = (
        Allocation.objects.guarded()
        .between(whole_days)
        .filter(space=space, unit__in=units)
        .values_list("pk", "starts_at", "ends_at", "unit_id", "hold_id", "held_until")
    )
    taken, ended = [], set()
    for pk, starts, ends, unit, hold, until in rows:
        if hold and until and until <= now:
            ended.add(hold)
        elif unit:
            taken.append(Taken(pk, Interval(starts, ends), unit))
    return taken, ended
