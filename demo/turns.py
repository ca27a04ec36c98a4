"""The invented bookings as billing is told of them: each is made, and some are cancelled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from billing.charging.days import Week
from billing.charging.quotes import Use
from billing.charging.subjects import Subject, Turn
from billing.charging.weeks import weeks_of
from bookings.charges.turns import use_of
from bookings.models import Booking
from demo.diary import Written


@dataclass(frozen=True)
class Moment:
    """When a booking is made, or cancelled."""

    at: datetime
    is_end: bool
    booking: Booking
    use: Use

    @property
    def order(self) -> tuple[datetime, bool, str]:
        """Return what tells which of two comes first."""
        return self.at, self.is_end, self.booking.reference


def turns_of(written: Iterable[Written]) -> Iterator[tuple[datetime, Turn]]:
    """Yield what became of bookings, in the order of time, each with what was beside it then."""
    held: dict[tuple[int, int | None, Week], dict[str, Subject]] = defaultdict(dict)
    for moment in sorted(moments(written), key=lambda one: one.order):
        booking = moment.booking
        payer = booking.organisation_id
        near = [held[booking.person_id, payer, week] for week in weeks_of(moment.use)]
        for some in near:
            some.pop(booking.reference, None)
        beside = {one.reference: one for some in near for one in some.values()}
        yield moment.at, turn_of(moment, list(beside.values()))
        if not moment.is_end:
            for some in near:
                some[booking.reference] = subject_of(moment)


def moments(written: Iterable[Written]) -> Iterator[Moment]:
    """Yield when each booking was made and, if it was, cancelled."""
    for booking, draft in written:
        use = use_of(draft.space, draft.people, draft.times)
        if use is None:
            continue
        yield Moment(booking.created_at, False, booking, use)
        if draft.is_cancelled:
            yield Moment(booking.changed_at, True, booking, use)


def turn_of(moment: Moment, beside: list[Subject]) -> Turn:
    """Return what becomes of a booking, by its person, at that moment."""
    booking = moment.booking
    return Turn(
        reference=booking.reference,
        revision=int(moment.is_end),
        person=booking.person,
        booked_at=booking.created_at,
        advance_days=booking.space.advance_days,
        payer=booking.organisation_id,
        before=moment.use if moment.is_end else None,
        after=None if moment.is_end else moment.use,
        beside=beside,
    )


def subject_of(moment: Moment) -> Subject:
    """Return a booking as one that others are beside."""
    booking = moment.booking
    return Subject(
        reference=booking.reference,
        booked_at=booking.created_at,
        use=moment.use,
        advance_days=booking.space.advance_days,
    )
