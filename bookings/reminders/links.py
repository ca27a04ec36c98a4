"""Links of mails that act without signing in: each for one purpose, signed, not stored.

Whoever holds the mail holds its links, forwarded or not: so each does one thing only, tells no
more than its mail did, and does nothing before a button is pressed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.core import signing

from billing.showing.losses import Loss
from bookings.models import Booking
from network.models import User
from sites.intervals import Interval, envelope
from sites.rules import local_day

#: "." is not in the alphabet of signatures, and stands in an address as it is.
cancel_signer = signing.Signer(sep=".", salt="bookings.links.cancel")
stop_signer = signing.Signer(sep=".", salt="bookings.links.stop-reminders")
#: Hexadecimal digits that tell one state of a booking from another: no secret, it is signed.
DIGITS = 12


class Standing(Enum):
    """What a link can still do; all but the first, that it does nothing any more, and why."""

    OPEN = "open"
    UNREADABLE = "unreadable"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    BEGUN = "begun"
    CHANGED = "changed"


@dataclass(frozen=True)
class CancelLink:
    """A link that gives back what a booking has on one local day, as it stands now.

    `loss` is what its press gave back and kept; None of one that was not pressed.
    """

    standing: Standing
    booking: Booking | None = None
    day: date | None = None
    times: tuple[Interval, ...] = ()
    loss: Loss | None = None

    @property
    def leaves_others(self) -> bool:
        """Tell whether the booking has other days, which stay."""
        whole = self.booking and self.booking.interval
        return bool(whole and self.times and whole != envelope(self.times))


UNREADABLE = CancelLink(Standing.UNREADABLE)


def cancel_token(booking: Booking, day: date, times: Iterable[Interval]) -> str:
    """Return what the link says that gives back these times, all of the booking's on that day.

    It is bound to them, to the space and to the person's address: it ends when one changes.
    """
    return cancel_signer.sign(f"{booking.pk}.{day.toordinal()}.{state_of(booking, times)}")


def state_of(booking: Booking, times: Iterable[Interval]) -> str:
    """Return what differs as soon as the booking has another time, space or address to write to."""
    ends = [(one.starts_at.timestamp(), one.ends_at.timestamp()) for one in sorted(times)]
    facts = repr([booking.person_id, booking.person.email, booking.space_id, ends])
    return hashlib.sha256(facts.encode()).hexdigest()[:DIGITS]


def read_cancel_link(token: str, now: datetime) -> CancelLink:
    """Return the link as it stands now; forged or cut, it is unreadable. Two queries at most."""
    try:
        booking_id, ordinal, state = cancel_signer.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return UNREADABLE
    found = Booking.objects.select_related("person", "site", "space").filter(pk=int(booking_id))
    booking, day = found.first(), date.fromordinal(int(ordinal))
    if booking is None:
        return UNREADABLE
    times = times_on(booking, day)
    return CancelLink(standing_of(booking, times, state, now), booking, day, times)


def times_on(booking: Booking, day: date) -> tuple[Interval, ...]:
    """Return what the booking holds on that local day, in order."""
    rows = booking.allocations.confirmed().between(local_day(day, booking.site.zone))
    return tuple(sorted({one.interval for one in rows}))


def standing_of(
    booking: Booking, times: tuple[Interval, ...], state: str, now: datetime
) -> Standing:
    """Return what the link that was made in that state can still do."""
    if not booking.person.is_active:
        return Standing.CLOSED
    if not times:
        return Standing.CANCELLED
    if state_of(booking, times) != state:
        return Standing.CHANGED
    return Standing.BEGUN if times[0].starts_at <= now else Standing.OPEN


def stop_token(person: User) -> str:
    """Return what the link says that turns the reminders of `person` off; it does not expire."""
    return stop_signer.sign(str(person.pk))


def reader_of(token: str) -> User | None:
    """Return whose reminders the link turns off: nobody's if it was forged or its owner left."""
    try:
        person_id = int(stop_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=person_id, is_active=True).first()
