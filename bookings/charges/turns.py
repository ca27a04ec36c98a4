"""What becomes of a booking, told to billing: what it used before, what it uses after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from billing.charging.cases import Case
from billing.charging.quotes import Use
from billing.charging.reading import AskedFacts
from billing.charging.settling import Settlement, nothing, settlement
from billing.charging.subjects import Turn
from bookings.charges.beside import AskedBeside
from bookings.charges.employers import (
    changed_step,
    judge,
    new_step,
    on_account,
)
from bookings.charges.promises import Difference, of_settlement, refuse_dearer
from bookings.lost import Losses, losses_of
from bookings.models import Allocation, Booking
from network.insertions import insert
from network.models import User
from network.sql import together
from sites.intervals import Interval, is_covered, merged
from sites.models import Space
from subscriptions.assistants import books_for


class Agreed(NamedTuple):
    """What a page told that something costs, if it did; and whether its employer approved of it."""

    told: Difference | None = None
    is_approved: bool = False


#: Nothing was told.
UNTOLD = Agreed()


def use_of(space: Space, people: int, intervals: Iterable[Interval]) -> Use | None:
    """Return what so many people use of a space; nothing at no time."""
    times = tuple(sorted(set(intervals)))
    kind = Space.Kind(space.kind)
    return Use(space.site, kind, times, space.units_for(people)) if times else None


def used(booking: Booking, allocations: Iterable[Allocation]) -> Use | None:
    """Return what a booking uses by those allocations."""
    space = booking.space
    space.site = booking.site  # the same row, not read again
    return use_of(space, booking.people, (one.interval for one in allocations))


@dataclass(frozen=True)
class Given:
    """What is given up of a booking: noted while it still has what it has.

    `is_free`: nothing is kept of it, for it is not who has it or pays for it that gives it up.
    """

    before: Use | None
    after: Use | None
    lost: Losses = Losses()
    is_free: bool = False

    @property
    def takes_anew(self) -> bool:
        """Tell whether it has then what it did not have before: else it is but given up in part."""
        before, after = self.before, self.after
        if before is None or after is None:
            return after is not None
        is_there = (before.site, before.kind) == (after.site, after.kind)
        had = merged(before.intervals)
        is_within = all(is_covered(one, had) for one in after.intervals)
        return not is_there or after.units > before.units or not is_within


def given(
    booking: Booking, held: Iterable[Allocation], after: Use | None, by: User, now: datetime
) -> Given:
    """Note what becomes of a booking that holds those allocations. Nothing is written."""
    before = used(booking, held)
    is_free = is_by_site(booking, by, now)
    if before is None or after == before:
        return Given(before, after, is_free=is_free)
    return Given(before, after, losses_of(booking, before, after, now), is_free)


def is_by_site(booking: Booking, by: User, now: datetime) -> bool:
    """Tell whether what is done to a booking is neither its person's doing nor its payer's."""
    return by.pk != booking.person_id and not books_for(by, booking.organisation_id, now)


def settle_given(booking: Booking, noted: Given, now: datetime) -> None:
    """Charge what was noted, now that the booking is in its next revision.

    Its person is held to the rules of the employer that pays for what it takes anew. Raises what
    these raise.
    """
    settled = charged(booking, noted, now)
    if booking.organisation_id and noted.after and not noted.is_free and noted.takes_anew:
        judge(changed_step(booking, noted.after, settled, now))
    insert(*settled.rows)
    settled.finish()


def charged_new(
    booking: Booking,
    intervals: Iterable[Interval],
    now: datetime,
    *,
    is_priced: bool,
    agreed: Agreed = UNTOLD,
) -> Settlement:
    """Return what a new booking is to write, under the person's lock, in its transaction.

    It costs nothing in a network that has no grid yet: `is_priced` tells, and spares all questions.
    Raises PriceChanged when it costs more than was told, if anything was; on an employer's account
    what its rules refuse.
    """
    use = use_of(booking.space, booking.people, intervals)
    settled = nothing(booking.reference, now)
    if is_priced:
        is_free = is_by_site(booking, booking.booked_by, now)
        settled = charged(booking, Given(None, use, is_free=is_free), now)
    if agreed.told is not None:
        refuse_dearer(of_settlement(settled), agreed.told)
    if booking.organisation_id is None or use is None:
        return settled
    step = new_step(booking, use, settled, now)
    kept = on_account(replace(step, is_approved=agreed.is_approved))
    return replace(settled, rows=[kept, *settled.rows])


def charged(booking: Booking, noted: Given, now: datetime) -> Settlement:
    """Return what a turn of a booking is to write: under the person's lock, in its transaction."""
    return settlement(case_of(turn_of(booking, noted), booking.pk, now, is_written=True))


def turn_of(booking: Booking, noted: Given) -> Turn:
    """Return what becomes of a booking, in its revision.

    By who runs the site nothing is kept.
    """
    return Turn(
        reference=booking.reference,
        revision=booking.sequence,
        person=booking.person,
        booked_at=booking.created_at,
        advance_days=booking.space.advance_days,
        payer=booking.organisation_id,
        before=noted.before,
        after=noted.after,
        spends_passes=booking.spends_passes,
        is_free=noted.is_free,
        closed=noted.lost.days,
    )


def case_of(turn: Turn, booking: int | None, now: datetime, *, is_written: bool = False) -> Case:
    """Return a turn of a booking, told by its key, with all that is known of it.

    One that `is_written` afterwards is read under the locks of the person's passes.
    """
    asked = AskedFacts(turn, now, is_written=is_written)
    beside = AskedBeside(turn, booking)
    together(*asked.statements, *beside.statements)
    others = beside.subjects
    return Case(replace(turn, beside=others), asked.facts(others), now)
