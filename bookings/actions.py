"""What people do: book, change, cancel, give back; and what follows when a place changes.

Each takes its locks in the order of `bookings.locks`, so two of them never wait for each other.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from bookings.admission import (
    admitted,
    admitted_instead,
    find_placement,
    refuse_payer,
    refuse_stranger,
)
from bookings.charges.turns import UNTOLD, Agreed, Given, charged_new, given, settle_given, use_of
from bookings.errors import AlreadyOver, NotOfBooking
from bookings.ground import AskedBooking, locked_ground
from bookings.locks import (
    lock_booking,
    lock_changeable,
    lock_person,
    lock_spaces,
    refuse_unchangeable,
)
from bookings.lost import can_be_cancelled, closed_times
from bookings.messages.effects import Change, announce, letter_of_new
from bookings.models import Allocation, Booking
from bookings.quotas import Claim, refuse_more
from bookings.rules import next_on_grid
from bookings.units.giving import allocations, give, know, make_room, write
from bookings.units.packing import Placement
from bookings.wishes import Wish
from network.models import User
from network.sql import together
from sites.intervals import Interval, envelope, is_covered, merged

#: Allocations, and from when on each is free for others.
Freed = Mapping[Allocation, datetime]


def book(*, wish: Wish, person: User, by: User, now: datetime) -> Booking:
    """Give `person` what is wished, confirmed, and announce it.

    Raises a Refusal of `bookings.errors`, NotOnAccount where the organisation that is to pay does
    not let the person, or PermissionDenied when `by` may not act for `person`.
    """
    return book_asked(AskedBooking(wish, person, now), by=by)


@transaction.atomic
def book_asked(asked: AskedBooking, *, by: User) -> Booking:
    """Do the same, and leave in `asked` what the wish was decided on."""
    together(*asked.statements)
    return book_as_asked(asked, by=by)


def book_as_asked(
    asked: AskedBooking,
    *,
    by: User,
    without: Collection[int] = (),
    agreed: Agreed = UNTOLD,
) -> Booking:
    """Book what was asked, under the locks that were asked with it. Raises what `book` raises.

    `without` are allocations that the caller lets go, by their keys; PriceChanged is raised when it
    costs more than was told.
    """
    wish, person, now = asked.wish, asked.person, asked.now
    ground = asked.ground.without(without)
    space = ground.space
    refuse_stranger(by, person, space.site, wish.on_account_of, now)
    refuse_payer(wish, person, now)
    intervals = admitted(wish, space, now, ground.openings)
    claim = Claim(person, by, space, intervals, space.units_for(wish.people))
    refuse_more(claim, now, ground.held)
    placement = find_placement(wish, space, intervals, now, ground.rows)
    booking = new_booking(claim, wish, now, asked.key.value)
    settled = charged_new(booking, intervals, now, is_priced=ground.is_priced, agreed=agreed)
    write_new(booking, placement, intervals, settled.rows)
    settled.finish()
    return booking


def new_booking(claim: Claim, wish: Wish, now: datetime, key: int | None = None) -> Booking:
    """Return the booking of what is claimed, yet to be written; it has no units."""
    span = envelope(claim.intervals)
    return Booking(
        pk=key,
        site=claim.space.site,
        space=claim.space,
        person=claim.person,
        booked_by=claim.by,
        status=Booking.Status.CONFIRMED,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        people=wish.people,
        note=wish.note,
        organisation_id=wish.on_account_of,
        spends_passes=wish.spends_passes,
        created_at=now,
        changed_at=now,
    )


def write_new(
    booking: Booking,
    placement: Placement,
    intervals: Sequence[Interval],
    others: Sequence[Model] = (),
) -> None:
    """Write a booking with its units and, if it is of one time, its letter, in one go; announce.

    `others` are rows that are written with it.
    """
    make_room(placement)
    rows = allocations(booking, placement, intervals)
    know(booking, rows)
    if len(intervals) == 1:
        write(booking, *rows, letter_of_new(booking), *others)
    else:
        write(booking, *rows, *others)
        announce(booking, change=Change.BOOKED)


@transaction.atomic
def change(*, booking: Booking, wish: Wish, by: User, now: datetime) -> Booking:
    """Give the booking's person what is wished instead, under the same reference.

    Wished as it is, it stays so: no revision, no mail. Who pays stays as it was. Raises a Refusal,
    or PermissionDenied when `by` may not act where the booking is or where it would go; then
    nothing has changed.
    """
    ground = locked_ground(wish, booking.person, now, booking.space_id)
    booking = lock_changeable(booking, by, now)
    refuse_stranger(by, booking.person, ground.space.site, booking.account_of_others, now)
    held = list(booking.allocations.confirmed())
    is_here = wish.space_id == booking.space_id and wish.people == booking.people
    kept = [one.interval for one in held] if is_here else []
    intervals = admitted_instead(wish, ground.space, kept, now, ground.openings)
    if is_here and keeps_units(held, wish, intervals):
        dropped = [one for one in held if one.starts_at not in starts_of(intervals)]
        if not dropped and booking.note == wish.note:
            return booking
        booking.note = wish.note
        return part_with(booking, {one: one.starts_at for one in dropped}, by, now)
    places = ground.space.units_for(wish.people)
    claim = Claim(booking.person, by, ground.space, intervals, places, booking)
    refuse_more(claim, now, ground.held)
    rows = ground.without({one.pk for one in held}).rows
    placement = find_placement(wish, ground.space, intervals, now, rows)
    noted = given(booking, held, use_of(claim.space, wish.people, intervals), by, now)
    booking.allocations.confirmed().delete()
    go_to(booking, claim, wish)
    give(booking, placement, intervals)
    return revised(booking, Change.CHANGED, noted, now)


def go_to(booking: Booking, claim: Claim, wish: Wish) -> None:
    """Have the booking be of what is claimed instead, yet to be saved."""
    span = envelope(claim.intervals)
    booking.site, booking.space = claim.space.site, claim.space
    booking.starts_at, booking.ends_at = span.starts_at, span.ends_at
    booking.people, booking.note = wish.people, wish.note


@transaction.atomic
def cancel(*, booking: Booking, by: User, now: datetime) -> Booking:
    """Release what the booking holds; once it has begun, only if its place is closed throughout.

    Raises AlreadyStarted or AlreadyCancelled.
    """
    lock_person(booking.person)
    lock_spaces(booking.space_id)
    booking = lock_booking(booking, by, now)
    if not can_be_cancelled(booking, now):
        refuse_unchangeable(booking, now)
    return release_all(booking, by, now)


@transaction.atomic
def give_back(
    *, booking: Booking, by: User, now: datetime, times: Collection[Interval] | None = None
) -> Booking:
    """Give back what has not begun of those times of the booking, of all when none are named.

    What runs ends at the next quarter of an hour; what lies in closures goes whole, also once it is
    over. Asked again, it changes nothing and refuses nothing. When nothing is left, the booking is
    cancelled. Raises NotOfBooking or AlreadyOver.
    """
    lock_person(booking.person)
    lock_spaces(booking.space_id)
    booking = lock_booking(booking, by, now)
    end = next_on_grid(now)
    held = list(booking.allocations.confirmed())
    had = booking.allocations.all()
    asked = [one.interval for one in had] if times is None else sorted(times)
    refuse_unknown_times(booking, asked)
    rows = [one for one in held if is_covered(one.interval, asked)]
    freed = freed_from(booking, rows, end)
    if not freed:
        refuse_over(booking, asked)
        return booking
    if len(freed) == len(held) and all(one.starts_at == at for one, at in freed.items()):
        return release_all(booking, by, now)
    return part_with(booking, freed, by, now)


def freed_from(booking: Booking, rows: Sequence[Allocation], end: datetime) -> Freed:
    """Return from when on each of those that still can be is free for others."""
    begun = [one.interval for one in rows if one.starts_at < end]
    closed = closed_times(booking, begun)
    every = {
        one: one.starts_at if one.interval in closed else max(one.starts_at, end) for one in rows
    }
    return {one: at for one, at in every.items() if at < one.ends_at}


def release_all(booking: Booking, by: User, now: datetime) -> Booking:
    """Cancel the booking and free all it holds."""
    noted = given(booking, booking.allocations.confirmed(), None, by, now)
    booking.allocations.confirmed().update(status=Allocation.Status.RELEASED)
    booking.status = Booking.Status.CANCELLED
    return revised(booking, Change.CLOSED if noted.lost.is_closed else Change.CANCELLED, noted, now)


def part_with(booking: Booking, freed: Freed, by: User, now: datetime) -> Booking:
    """Free those allocations of the booking, each from then on; it keeps others."""
    held = list(booking.allocations.confirmed())
    left = [one for one in (left_of(held_one, freed) for held_one in held) if one]
    noted = given(booking, held, use_of(booking.space, booking.people, left), by, now)
    running = [one for one, at in freed.items() if one.starts_at < at]
    of_booking = booking.allocations.confirmed()
    of_booking.filter(pk__in=[one.pk for one in freed if one not in running]).update(
        status=Allocation.Status.GIVEN_BACK
    )
    for at in {freed[one] for one in running}:
        of_booking.filter(pk__in=[one.pk for one in running if freed[one] == at]).update(ends_at=at)
    Allocation.objects.bulk_create(given_back_rest(one, freed[one]) for one in running)
    span = envelope(left)
    booking.starts_at, booking.ends_at = span.starts_at, span.ends_at
    return revised(booking, Change.CLOSED if noted.lost.is_closed else Change.CHANGED, noted, now)


def left_of(held: Allocation, freed: Freed) -> Interval | None:
    """Return what stays of a time held once it is freed from then on, if it is."""
    at = freed.get(held, held.ends_at)
    return Interval(held.starts_at, at) if held.starts_at < at else None


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


def keeps_units(held: Sequence[Allocation], wish: Wish, intervals: Sequence[Interval]) -> bool:
    """Tell whether the wish only keeps some of what is `held` there, on the same units."""
    is_same_unit = wish.unit_id is None or {one.unit_id for one in held} == {wish.unit_id}
    return is_same_unit and {one.interval for one in held}.issuperset(intervals)


def starts_of(intervals: Sequence[Interval]) -> list[datetime]:
    """Return when each interval starts."""
    return [one.starts_at for one in intervals]


def revised(booking: Booking, what: Change, noted: Given, now: datetime) -> Booking:
    """Save the booking as its next revision, charge what was noted of it, and announce it."""
    booking.sequence += 1
    booking.changed_at = now
    booking.save()
    settle_given(booking, noted, now)
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
