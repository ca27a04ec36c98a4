"""Keeping units for somebody who has yet to say who they are; giving or releasing them then.

A hold ends by itself: past `until` it keeps nobody out, whether or not its row is still there.
Whoever wants its units lets it go (`bookings.units.giving`), in the transaction that takes them.
"""

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.actions import book_as_asked, new_booking
from bookings.admission import admitted, find_placement, refuse_payer
from bookings.charges.prices import price_of_wish
from bookings.charges.promises import Difference, of_price, refuse_dearer
from bookings.charges.turns import UNTOLD, Agreed, charged_new
from bookings.errors import HoldEnded, TooManyHolds
from bookings.ground import AskedBooking, Ground, locked_ground, seen_ground
from bookings.locks import lock_hold, lock_names, lock_spaces
from bookings.messages.effects import announce_new
from bookings.models import Allocation, Booking, Hold
from bookings.quotas import (
    Claim,
    Holding,
    place_days,
    places_over,
    refuse_more,
    refuse_waiting,
    waiting,
)
from bookings.units.giving import give, let_go
from bookings.wishes import PERSONS_OWN, Means, Wish
from network.addresses import canonical
from network.errors import Refusal
from network.insertions import insert
from network.models import User
from sites.intervals import Interval
from sites.models import Space


@dataclass(frozen=True)
class Asker:
    """Who holds, as far as is known: a typed address (maybe none), a caller, a session."""

    email: str
    caller: str
    session: str

    def has(self, one: Hold) -> bool:
        """Tell whether the session holds this."""
        return bool(self.session) and one.session == self.session


@transaction.atomic
def hold(*, wish: Wish, email: str, caller: str, session: str, now: datetime) -> Hold:
    """Keep what is wished for HOLD_MINUTES, and return the hold.

    `session` is its name, "" for one that never asks again, `caller` what `caller_of` returns,
    `email` what was typed, maybe nothing. Asked again for the same, it is the same hold; one of the
    session that is in the way of the new one is let go. Raises a Refusal, as `book` does,
    TooManyHolds or AddressRefused; then all stays as it was.
    """
    asker = Asker(canonical(email) if email.strip() else "", caller, session)
    lock_names(asker.caller, asker.session)
    ground = locked_ground(wish, None, now)
    space = ground.space
    intervals = admitted(wish, space, now, ground.openings)
    live = live_holds(asker, now)
    for one in live:
        if is_repeated(one, asker, wish, intervals):
            return one
    given_up = [one for one in live if asker.has(one) and one.meets(space.pk, intervals)]
    let_go([one.pk for one in given_up])
    others = [one for one in live if one not in given_up]
    refuse_too_many(others, asker, places_over(space, intervals, space.units_for(wish.people)))
    mine = [one for one in others if asker.has(one)]
    refuse_waiting(space, intervals, space.units_for(wish.people), mine)
    rows = ground.without(kept_by(given_up)).rows
    placement = find_placement(wish, space, intervals, now, rows)
    fresh = kept(asker, wish, space, now)
    give(fresh, placement, intervals)
    return fresh


@transaction.atomic
def hold_as_told(*, told: Difference, now: datetime, act: Callable[[], Hold]) -> Hold:
    """Keep what `act` holds, if it would cost a visitor no more than was `told`.

    Raises PriceChanged, and what `act` raises; then all stays as it was.
    """
    held = act()
    price = price_of_wish(wish_of(held), held.space, AnonymousUser(), now)
    refuse_dearer(of_price(price), told)
    return held


@transaction.atomic
def confirm(
    *,
    hold: Hold,
    person: User,
    now: datetime,
    agreed: Agreed = UNTOLD,
    means: Means = PERSONS_OWN,
) -> Booking:
    """Make the hold this person's booking, on the units that it held, and announce it.

    It is paid by those means. Confirmed twice by one person, it is the same booking. Whether its
    time may be booked was said when it was held; all else is asked as `book` asks it. Raises
    HoldEnded when it is over, gone or somebody else's, PriceChanged when it costs more than was
    told, or a Refusal of `book`: then it is held as before.
    """
    # Its times stay as they were held; from when they were, all that is asked of them counts.
    ground = locked_ground(wish_of(hold), person, hold.created_at)
    current = lock_hold(hold, now)
    if current.booking:
        return confirmed_before(current.booking, person)
    wish, space = wish_of(current).paid_by(means), ground.space
    refuse_payer(wish, person, now)
    intervals = admitted(wish, space, current.created_at, ground.openings)
    claim = Claim(person, person, space, intervals, space.units_for(wish.people))
    refuse_more(claim, now, ground.held)
    booking = new_booking(claim, wish, now)
    settled = charged_new(booking, intervals, now, is_priced=ground.is_priced, agreed=agreed)
    insert(booking, *settled.rows)
    hand_over(current, booking, ground, now)
    settled.finish()
    announce_new(booking, times=len(intervals))
    return booking


def book_over(asked: AskedBooking, session: str, told: Difference) -> Booking:
    """Book what was asked, as `book` does; what the session, by its name, holds of it goes into it.

    Held just so, that is confirmed; what else is held in its way is let go. Part of a transaction
    that a Refusal of `book` undoes, or PriceChanged when it costs more than was `told`: then it is
    held as before.
    """
    wish, person, now = asked.wish, asked.person, asked.now
    if not session:
        return book_as_asked(asked, by=person, agreed=Agreed(told))
    held = held_like(wish=wish, session=session, now=now)
    if held and held.note == wish.note:
        return confirm(hold=held, person=person, now=now, agreed=Agreed(told), means=wish.means)
    mine = Hold.objects.live(now).of_session(session).prefetch_related("allocations")
    in_the_way = [one for one in mine if one.meets(wish.space_id, wish.intervals)]
    let_go([one.pk for one in in_the_way])
    return book_as_asked(asked, by=person, without=kept_by(in_the_way), agreed=Agreed(told))


@transaction.atomic
def release(*, hold: Hold) -> None:
    """Let the hold go, if it is still there; what was confirmed stays confirmed."""
    lock_spaces(hold.space_id)
    let_go([hold.pk])


def obstacle(*, hold: Hold, now: datetime) -> Refusal | None:
    """Return why nobody could confirm a live hold any more, mostly nothing; nothing is locked.

    Its allocations are read with it, with their units.
    """
    wish = wish_of(hold)
    ground = seen_ground(wish, hold.space, None, hold.created_at).without(kept_by([hold]))
    try:
        intervals = admitted(wish, hold.space, hold.created_at, ground.openings)
        if not all(one.unit and one.unit.is_active for one in hold.allocations.all()):
            find_placement(wish, hold.space, intervals, now, ground.rows)
    except Refusal as refusal:
        return refusal
    return None


def wish_of(hold: Hold) -> Wish:
    """Return what is held as it would be wished; no times once it was confirmed."""
    return Wish(
        space_id=hold.space_id,
        intervals=tuple(hold.intervals),
        people=hold.people,
        unit_id=hold.unit_id,
        note=hold.note,
    )


def held_like(*, wish: Wish, session: str, now: datetime) -> Hold | None:
    """Return the live hold of a session, by its name, of just this place, time and people."""
    if not session:
        return None
    mine = Hold.objects.live(now).of_session(session).filter(space=wish.space_id)
    wished = (wish.people, wish.unit_id, sorted(wish.intervals))
    for one in mine.prefetch_related("allocations"):
        if (one.people, one.unit_id, one.intervals) == wished:
            return one
    return None


def caller_of(address: str | None) -> str:
    """Return what holds know of an IP address: a keyed hash, of IPv6 that of its whole /64."""
    known = ipaddress.ip_address(address) if address else None
    if isinstance(known, ipaddress.IPv6Address):
        address = str(ipaddress.ip_network((known, 64), strict=False))
    return salted_hmac("bookings.holding", address or "", algorithm="sha256").hexdigest()


def live_holds(asker: Asker, now: datetime) -> list[Hold]:
    """Return what the session or the caller holds now, whatever address was typed for it."""
    theirs = Q(caller=asker.caller)
    if asker.session:
        theirs |= Q(session=asker.session)
    rows = Hold.objects.live(now).filter(theirs).select_related("space__site")
    return list(rows.prefetch_related("allocations"))


def kept_by(holds: Iterable[Hold]) -> set[int]:
    """Return the keys of what those holds keep, which is read with them."""
    return {row.pk for one in holds for row in one.allocations.all()}


def is_repeated(one: Hold, asker: Asker, wish: Wish, intervals: Sequence[Interval]) -> bool:
    """Tell whether the session asked just this before: a form sent twice, maybe both at once.

    Nobody else is given its token, whatever they type and wherever they sit.
    """
    asked = (wish.space_id, wish.people, wish.unit_id, wish.note, asker.email)
    return (
        asker.has(one)
        and asked == (one.space_id, one.people, one.unit_id, one.note, one.email)
        and one.intervals == sorted(intervals)
    )


def refuse_too_many(live: Sequence[Hold], asker: Asker, fresh: Sequence[Holding]) -> None:
    """Refuse one more hold than a session may have, or more place-days than may wait of a caller.

    The typed address is nobody's yet: to count by it would tell strangers of its owner's holds.
    """
    most = settings.HOLDS_PER_PERSON
    if sum(asker.has(one) for one in live) >= most:
        raise TooManyHolds(
            ngettext(
                "You already hold one place. Confirm it or let it go before you take another.",
                "You already hold %(most)d places. Confirm or let go one before you take another.",
                most,
            )
            % {"most": most}
        )
    of_caller = waiting(one for one in live if one.caller == asker.caller)
    if place_days([*of_caller, *fresh]) > settings.HOLDS_PER_ADDRESS:
        raise TooManyHolds(
            _("Too many places are held from your connection. Sign in, or try again later.")
        )


def kept(asker: Asker, wish: Wish, space: Space, now: datetime) -> Hold:
    """Write a hold; it has no units yet."""
    return Hold.objects.create(
        site=space.site,
        space=space,
        unit_id=wish.unit_id,
        people=wish.people,
        note=wish.note,
        email=asker.email,
        caller=asker.caller,
        session=asker.session,
        created_at=now,
        until=now + timedelta(minutes=settings.HOLD_MINUTES),
    )


def confirmed_before(booking: Booking, person: User) -> Booking:
    """Return the booking that the hold became, to who has it."""
    if booking.person_id != person.pk:
        raise HoldEnded(_("This place was confirmed by somebody else."))
    return booking


def hand_over(current: Hold, booking: Booking, ground: Ground, now: datetime) -> None:
    """Give the booking the units held; others if one of them can no longer be given."""
    wish, intervals = wish_of(current), current.intervals
    count = ground.space.units_for(wish.people) * len(intervals)
    held = current.allocations.select_related("unit")
    if count == len(held) and all(one.unit and one.unit.is_active for one in held):
        current.allocations.update(
            booking=booking, hold=None, held_until=None, status=Allocation.Status.CONFIRMED
        )
    else:
        rows = ground.without({one.pk for one in held}).rows
        placement = find_placement(wish, ground.space, intervals, now, rows)
        current.allocations.all().delete()
        give(booking, placement, intervals)
    Hold.objects.filter(pk=current.pk).update(booking=booking)
