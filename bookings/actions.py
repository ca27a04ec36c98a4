"""What people do: book, change, cancel.

Each takes its locks in one order (the person, then the spaces by id, then the booking), so two
of them never wait for each other; docs/decisions tell why the space is the contested row.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.effects import Change, announce
from bookings.errors import (
    AlreadyCancelled,
    AlreadyStarted,
    Closed,
    NotNumbered,
    NoUnitFree,
    OutsideOpeningHours,
    OverlapsOwnBooking,
    SiteInactive,
    TooManyPeople,
    is_unit_shared,
)
from bookings.models import Allocation, Booking
from bookings.packing import Placement, Taken, place, repack
from bookings.rules import admitted_times, days_of
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval, envelope
from sites.models import Site, Space, Unit
from sites.openings import load_openings
from sites.rules import local_day


@transaction.atomic
def book(*, wish: Wish, person: User, by: User, now: datetime) -> Booking:
    """Give `person` what is wished, confirmed, and announce it.

    Raises a Refusal of `bookings.errors`, or PermissionDenied when `by` may not act for `person`.
    """
    lock_person(person)
    space = lock_spaces(wish.space_id)[wish.space_id]
    refuse_stranger(by, person, space.site)
    intervals = admitted(wish, space, now)
    refuse_second_place(person, space, intervals)
    span = envelope(intervals)
    booking = Booking.objects.create(
        site=space.site,
        space=space,
        person=person,
        booked_by=by,
        status=Booking.Status.CONFIRMED,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        people=wish.people,
        note=wish.note,
        created_at=now,
        changed_at=now,
    )
    allocate(booking, wish, space, intervals, now)
    announce(booking, change=Change.BOOKED)
    return booking


@transaction.atomic
def change(*, booking: Booking, wish: Wish, by: User, now: datetime) -> Booking:
    """Give the booking's person what is wished instead, under the same reference.

    Raises a Refusal, and then nothing has changed.
    """
    lock_person(booking.person)
    spaces = lock_spaces(booking.space_id, wish.space_id)
    booking = lock_changeable(booking, by, now)
    space = spaces[wish.space_id]
    intervals = admitted(wish, space, now)
    refuse_second_place(booking.person, space, intervals, besides=booking)
    booking.allocations.all().delete()
    span = envelope(intervals)
    booking.site, booking.space = space.site, space
    booking.starts_at, booking.ends_at = span.starts_at, span.ends_at
    booking.people, booking.note = wish.people, wish.note
    allocate(booking, wish, space, intervals, now)
    return revised(booking, Change.CHANGED, now)


@transaction.atomic
def cancel(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Release what the booking holds. Raises a Refusal once it has begun or was cancelled."""
    lock_person(booking.person)
    lock_spaces(booking.space_id)
    booking = lock_changeable(booking, by, now)
    booking.allocations.update(status=Allocation.Status.RELEASED)
    booking.status = Booking.Status.CANCELLED
    return revised(booking, Change.CANCELLED, now)


def revised(booking: Booking, what: Change, now: datetime) -> Booking:
    """Save the booking as its next revision and announce it."""
    booking.sequence += 1
    booking.changed_at = now
    booking.save()
    announce(booking, change=what)
    return booking


def lock_person(person: User) -> None:
    """Make this person's bookings wait for each other."""
    list(User.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))


def lock_spaces(*space_ids: int) -> dict[int, Space]:
    """Lock the contested spaces, in id order, and return them with their sites.

    Raises Space.DoesNotExist.
    """
    found = {
        space.pk: space
        for space in Space.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=space_ids)
        .select_related("site")
        .order_by("pk")
    }
    if missing := set(space_ids) - found.keys():
        raise Space.DoesNotExist(f"There is no space {min(missing)}.")
    return found


def lock_changeable(booking: Booking, by: User, now: datetime) -> Booking:
    """Return the booking as it is now, locked, or refuse to change it."""
    current = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("site", "space", "person")
        .get(pk=booking.pk)
    )
    refuse_stranger(by, current.person, current.site)
    if not current.is_active:
        raise AlreadyCancelled(_("This booking was cancelled."))
    if current.has_started(now):
        raise AlreadyStarted(_("This booking has already begun."))
    return current


def refuse_stranger(by: User, person: User, site: Site) -> None:
    """Refuse somebody who neither is `person` nor runs the site nor is of the network team."""
    if by.pk == person.pk or by.is_staff:
        return
    if not Site.objects.run_by(by).filter(pk=site.pk).exists():
        raise PermissionDenied


def admitted(wish: Wish, space: Space, now: datetime) -> list[Interval]:
    """Return the wish's times cut at midnights, or refuse what the space does not allow."""
    if not (space.is_active and space.site.is_active):
        raise SiteInactive(_("This space takes no bookings at the moment."))
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


def refuse_shut(space: Space, intervals: Sequence[Interval], zone: ZoneInfo) -> None:
    """Refuse times when the site, or this space, is not open throughout."""
    days = days_of(intervals, zone)
    openings = load_openings([space.site_id], min(days), max(days))
    for day, parts in days.items():
        really_open = openings.open_intervals(space.site, day, space.pk)
        if all(any(hours.covers(part) for hours in really_open) for part in parts):
            continue
        scheduled = openings.scheduled(space.site, day)
        if not all(any(hours.covers(part) for hours in scheduled) for part in parts):
            raise OutsideOpeningHours(_("The site is not open over all of this time."))
        reason = openings.why_closed(space.site, day) or _("closed for works")
        raise Closed(_("The site is closed at this time: %(reason)s.") % {"reason": reason})


def refuse_second_place(
    person: User, space: Space, intervals: Sequence[Interval], besides: Booking | None = None
) -> None:
    """Refuse a second place of the same kind while the person has one."""
    span = envelope(intervals)
    own = (
        Allocation.objects.holding()
        .between(span)
        .filter(booking__person=person, booking__ends_at__gt=span.starts_at, space__kind=space.kind)
    )
    if besides:
        own = own.exclude(booking=besides)
    for allocation in own.select_related("booking"):
        if any(allocation.interval.overlaps(interval) for interval in intervals):
            raise OverlapsOwnBooking(
                _("You already have a booking of this kind at that time: %(reference)s.")
                % {"reference": allocation.booking.reference}
            )


def allocate(
    booking: Booking, wish: Wish, space: Space, intervals: Sequence[Interval], now: datetime
) -> None:
    """Give the booking its units, re-packing a fungible space if that makes room."""
    count = space.units_for(wish.people)
    units = units_on_offer(space, wish.unit_id)
    taken = taken_units(space, units, intervals)
    placement = place(units, taken, intervals, count)
    if placement is None and space.is_fungible:
        placement = repack(units, taken, intervals, count, now)
    if placement is None:
        raise NoUnitFree(_("Nothing is free here any more at this time. Choose another one."))
    move(placement.moves)
    give(booking, placement, intervals)


def units_on_offer(space: Space, unit_id: int | None) -> list[int]:
    """Return the ids of the units that may be given, or refuse the one asked for."""
    units = list(space.units.active().order_by("pk").values_list("pk", flat=True))
    if unit_id is None:
        return units
    if space.is_fungible or unit_id not in units:
        raise NotNumbered(_("This place is not offered by number in this space."))
    return [unit_id]


def taken_units(space: Space, units: Sequence[int], intervals: Sequence[Interval]) -> list[Taken]:
    """Return what holds those units on the days of `intervals`."""
    days = days_of(intervals, space.site.zone)
    whole_days = envelope(local_day(day, space.site.zone) for day in days)
    rows = (
        Allocation.objects.holding()
        .between(whole_days)
        .filter(space=space, unit__in=units)
        .values_list("pk", "starts_at", "ends_at", "unit_id")
    )
    return [Taken(pk, Interval(starts, ends), unit) for pk, starts, ends, unit in rows if unit]


def move(moves: dict[int, int]) -> None:
    """Move allocations to other units, all set free first so that no two ever meet."""
    Allocation.objects.filter(pk__in=moves).update(unit=None)
    Allocation.objects.bulk_update(
        [Allocation(pk=pk, unit=Unit(pk=unit)) for pk, unit in moves.items()], ["unit"]
    )


def give(booking: Booking, placement: Placement, intervals: Sequence[Interval]) -> None:
    """Write the booking's allocations.

    The lock makes a clash impossible; should something write without it, the database's own
    refusal becomes the same clear one.
    """
    try:
        with transaction.atomic():
            Allocation.objects.bulk_create(
                Allocation(
                    booking=booking,
                    site_id=booking.site_id,
                    space_id=booking.space_id,
                    unit_id=unit,
                    starts_at=interval.starts_at,
                    ends_at=interval.ends_at,
                    status=Allocation.Status.CONFIRMED,
                )
                for interval, units in zip(intervals, placement.units, strict=True)
                for unit in units
            )
    except IntegrityError as error:
        if is_unit_shared(error):
            raise NoUnitFree(
                _("Somebody has just taken this place. Choose another one.")
            ) from error
        raise
