"""What people do: book, change, cancel; and what follows when a place changes.

Each takes its locks in one order (the person, then the spaces by id, then the booking), so two
of them never wait for each other; docs/decisions tell why the space is the contested row.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bookings.admission import (
    admitted,
    find_placement,
    refuse_second_place,
    refuse_stranger,
)
from bookings.effects import Change, announce, announce_new
from bookings.errors import AlreadyCancelled, AlreadyStarted, NoUnitFree, is_unit_shared
from bookings.models import Allocation, Booking
from bookings.packing import Placement
from bookings.wishes import Wish
from network.models import User
from sites.intervals import Interval, envelope
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
    give(booking, find_placement(wish, space, intervals, now), intervals)
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


@transaction.atomic
def revise(*, bookings: QuerySet[Booking], now: datetime) -> list[Booking]:
    """Make a next revision of each active booking whose place reads otherwise, and announce it."""
    found = dict(bookings.values_list("pk", "space_id"))
    lock_spaces(*found.values())
    locked = Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("site")
    rows = list(locked.active().filter(pk__in=found).order_by("pk"))
    for booking in rows:
        booking.sequence += 1
        booking.changed_at = now
    Booking.objects.bulk_update(rows, ["sequence", "changed_at"], batch_size=500)
    announce(*rows, change=Change.MOVED)
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
