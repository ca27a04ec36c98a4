"""What people do: book, change, cancel, give back; and what follows when a place changes.

Each takes its locks in one order (the person, then the spaces by id, then the booking), so two
of them never wait for each other; docs/decisions tell why the space is the contested row.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bookings.admission import (
    admitted,
    admitted_instead,
    find_placement,
    refuse_second_place,
    refuse_stranger,
)
from bookings.errors import (
    AlreadyCancelled,
    AlreadyOver,
    AlreadyStarted,
    NotOfBooking,
    NoUnitFree,
    is_unit_shared,
)
from bookings.messages.effects import Change, announce, announce_new
from bookings.models import Allocation, Booking
from bookings.packing import Placement
from bookings.quotas import Claim, refuse_beyond_quotas
from bookings.rules import next_on_grid
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval, envelope, is_covered, merged
from sites.models import Space, Unit


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
    claim = Claim(person, by, space, intervals, space.units_for(wish.people))
    refuse_beyond_quotas(claim, now)
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
    give(booking, find_placement(wish, space, intervals, now), intervals)
    announce_new(booking, times=len(intervals))
    return booking


@transaction.atomic
def change(*, booking: Booking, wish: Wish, by: User, now: datetime) -> Booking:
    """Give the booking's person what is wished instead, under the same reference.

    Wished as it is, it stays so: no revision, no mail. Raises a Refusal, or PermissionDenied when
    `by` may not act where the booking is or where it would go; then nothing has changed.
    """
    lock_person(booking.person)
    spaces = lock_spaces(booking.space_id, wish.space_id)
    booking = lock_changeable(booking, by, now)
    space = spaces[wish.space_id]
    refuse_stranger(by, booking.person, space.site)
    intervals = admitted_instead(wish, space, booking, now)
    if stays_in_place(booking, wish, intervals):
        dropped = list(booking.allocations.holding().exclude(starts_at__in=starts_of(intervals)))
        if not dropped and booking.note == wish.note:
            return booking
        booking.note = wish.note
        return part_with(booking, dropped, now, now)
    refuse_second_place(booking.person, space, intervals, besides=booking)
    places = space.units_for(wish.people)
    refuse_beyond_quotas(Claim(booking.person, by, space, intervals, places, booking), now)
    booking.allocations.holding().delete()
    span = envelope(intervals)
    booking.site, booking.space = space.site, space
    booking.starts_at, booking.ends_at = span.starts_at, span.ends_at
    booking.people, booking.note = wish.people, wish.note
    give(booking, find_placement(wish, space, intervals, now), intervals)
    return revised(booking, Change.CHANGED, now)


@transaction.atomic
def cancel(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Release what the booking holds. Raises a Refusal once it has begun or was cancelled."""
    lock_person(booking.person)
    lock_spaces(booking.space_id)
    return release_all(lock_changeable(booking, by, now), now)


@transaction.atomic
def give_back(
    *, booking: Booking, by: User, now: datetime, times: Collection[Interval] | None = None
) -> Booking:
    """Give back what has not begun of those times of the booking, of all when none are named.

    What runs ends at the next quarter of an hour. Asked again, it changes nothing and refuses
    nothing. When nothing is left, the booking is cancelled. Raises NotOfBooking or AlreadyOver.
    """
    lock_person(booking.person)
    lock_spaces(booking.space_id)
    booking = lock_booking(booking, by)
    end = next_on_grid(now)
    held = list(booking.allocations.holding())
    had = booking.allocations.all()
    asked = [one.interval for one in had] if times is None else sorted(times)
    refuse_unknown_times(booking, asked)
    rows = [
        one
        for one in held
        if one.ends_at > end and any(time.covers(one.interval) for time in asked)
    ]
    if not rows:
        refuse_over(booking, asked)
        return booking
    if len(rows) == len(held) and booking.starts_at >= end:
        return release_all(booking, now)
    return part_with(booking, rows, end, now)


def release_all(booking: Booking, now: datetime) -> Booking:
    """Cancel the booking and free all it holds."""
    booking.allocations.holding().update(status=Allocation.Status.RELEASED)
    booking.status = Booking.Status.CANCELLED
    return revised(booking, Change.CANCELLED, now)


def part_with(
    booking: Booking, rows: Sequence[Allocation], end: datetime, now: datetime
) -> Booking:
    """Free those allocations of the booking from `end` on; it keeps others."""
    running = [one for one in rows if one.starts_at < end]
    of_booking = booking.allocations.holding()
    of_booking.filter(pk__in=[one.pk for one in running]).update(ends_at=end)
    of_booking.filter(pk__in=[one.pk for one in rows if one not in running]).update(
        status=Allocation.Status.GIVEN_BACK
    )
    Allocation.objects.bulk_create(given_back_rest(one, end) for one in running)
    span = envelope(one.interval for one in booking.allocations.holding())
    booking.starts_at, booking.ends_at = span.starts_at, span.ends_at
    return revised(booking, Change.CHANGED, now)


def given_back_rest(allocation: Allocation, end: datetime) -> Allocation:
    """Return what becomes of a running allocation after `end`: history."""
    return Allocation(
        booking_id=allocation.booking_id,
        site_id=allocation.site_id,
        space_id=allocation.space_id,
        unit_id=allocation.unit_id,
        starts_at=end,
        ends_at=allocation.ends_at,
        status=Allocation.Status.GIVEN_BACK,
    )


def refuse_unknown_times(booking: Booking, asked: Sequence[Interval]) -> None:
    """Refuse a time that the booking never had."""
    had = merged(one.interval for one in booking.allocations.all())
    if not all(is_covered(time, had) for time in asked):
        raise NotOfBooking(_("This is not a time of this booking. Look at it once more."))


def refuse_over(booking: Booking, asked: Sequence[Interval]) -> None:
    """Refuse to give back what is over, unless it was given back in time."""
    if not booking.is_active:
        return
    given = booking.allocations.filter(status=Allocation.Status.GIVEN_BACK)
    if not any(time.overlaps(one.interval) for time in asked for one in given):
        raise AlreadyOver(_("This time is over: nothing is left to give back."))


def stays_in_place(booking: Booking, wish: Wish, intervals: Sequence[Interval]) -> bool:
    """Tell whether the wish only keeps some of what the booking holds, on the same units."""
    if wish.space_id != booking.space_id or wish.people != booking.people:
        return False
    held = list(booking.allocations.holding())
    is_same_unit = wish.unit_id is None or {one.unit_id for one in held} == {wish.unit_id}
    return is_same_unit and {one.interval for one in held}.issuperset(intervals)


def starts_of(intervals: Sequence[Interval]) -> list[datetime]:
    """Return when each interval starts."""
    return [one.starts_at for one in intervals]


def revised(booking: Booking, what: Change, now: datetime) -> Booking:
    """Save the booking as its next revision and announce it."""
    booking.sequence += 1
    booking.changed_at = now
    booking.save()
    announce(booking, change=what)
    return booking


@transaction.atomic
def revise(
    *, bookings: QuerySet[Booking], change: Change, now: datetime, steps: int = 1
) -> list[Booking]:
    """Make a next revision of each active booking whose place or reader changed; announce it.

    It overtakes what the same transaction announced before: one save of a place is told once.
    """
    found = dict(bookings.values_list("pk", "space_id"))
    lock_spaces(*found.values())
    locked = Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("site")
    rows = list(locked.active().filter(pk__in=found).order_by("pk"))
    for booking in rows:
        booking.sequence += steps
        booking.changed_at = now
    Booking.objects.bulk_update(rows, ["sequence", "changed_at"], batch_size=500)
    announce(*rows, change=change)
    return rows


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


def lock_booking(booking: Booking, by: User) -> Booking:
    """Return the booking as it is now, locked; raise PermissionDenied to a stranger."""
    current = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("site", "space", "person")
        .get(pk=booking.pk)
    )
    refuse_stranger(by, current.person, current.site)
    return current


def lock_changeable(booking: Booking, by: User, now: datetime) -> Booking:
    """Return the booking as it is now, locked, or refuse to change it."""
    current = lock_booking(booking, by)
    if not current.is_active:
        raise AlreadyCancelled(_("This booking was cancelled."))
    if current.has_started(now):
        raise AlreadyStarted(
            _("This booking has already begun. You can give back what is left of it.")
        )
    return current


def move(moves: dict[int, int]) -> None:
    """Move allocations to other units, all set free first so that no two ever meet."""
    if not moves:
        return
    Allocation.objects.filter(pk__in=moves).update(unit=None)
    Allocation.objects.bulk_update(
        [Allocation(pk=pk, unit=Unit(pk=unit)) for pk, unit in moves.items()], ["unit"]
    )


def give(booking: Booking, placement: Placement, intervals: Sequence[Interval]) -> None:
    """Move who must move, and write the booking's allocations.

    The lock makes a clash impossible; should something write without it, the database's own
    refusal becomes the same clear one.
    """
    move(placement.moves)
    rows = [
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
    ]
    try:
        Allocation.objects.bulk_create(rows)
    except IntegrityError as error:
        if is_unit_shared(error):
            raise NoUnitFree(_("Somebody has just taken this. Choose another one.")) from error
        raise
