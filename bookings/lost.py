"""What of a booking is lost to its person without their doing: nothing of it is kept.

A time is lost when its place is closed over all of it, which closures tell for ever, or when it is
not over and can no longer be had as it was booked, were it only for an hour. Hours and the like
only say how it is now: of what is past they tell nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from billing.charging.days import place_of
from billing.charging.quotes import Use
from bookings.models import Booking
from bookings.possibility import Missed, missed_among, times_ahead
from bookings.rules import days_of
from sites.intervals import Interval, envelope, is_covered, merged
from sites.models import Closure
from sites.openings import Openings, load_openings
from sites.rules import minus


def closed_times(booking: Booking, times: Iterable[Interval]) -> list[Interval]:
    """Return which of some times of a booking lie in closures: one query, none for no time."""
    some = sorted(set(times))
    if not some:
        return []
    rows = Closure.objects.filter(site=booking.site_id).between(envelope(some))
    closed = closed_at(booking, rows)
    return [one for one in some if is_covered(one, closed)]


def closed_at(booking: Booking, closures: Iterable[Closure]) -> list[Interval]:
    """Return when those closures of its site close the booking's space."""
    here = (one.interval for one in closures if one.space_id in (None, booking.space_id))
    return merged(here)


def held_times(booking: Booking) -> list[Interval]:
    """Return the times that a booking holds."""
    return sorted({one.interval for one in booking.allocations.confirmed()})


def is_closed(booking: Booking) -> bool:
    """Tell whether a booking holds something, and all of it lies in closures."""
    held = held_times(booking)
    return bool(held) and closed_times(booking, held) == held


def can_be_cancelled(booking: Booking, now: datetime) -> bool:
    """Tell whether a booking may be cancelled: until it begins, afterwards too if all is closed."""
    return booking.can_be_changed(now) or (booking.is_active and is_closed(booking))


@dataclass(frozen=True)
class Losses:
    """The days on which all that is given up is lost; whether all of it lies in closures."""

    days: frozenset[date] = frozenset()
    is_closed: bool = False


def losses_of(booking: Booking, before: Use, after: Use | None, now: datetime) -> Losses:
    """Return what is lost of what the booking gives up.

    Of a day of which it gives up nothing, all that it has counts. Four queries at most.
    """
    held = days_of(before.intervals, booking.site.zone)
    place = known_place(booking, now, min(held), max(held))
    given_up = gone(before, after)
    by_day = held | days_of(given_up, booking.site.zone)
    days = frozenset(day for day, times in by_day.items() if all(map(place.is_lost, times)))
    return Losses(days, bool(given_up) and all(map(place.is_closed, given_up)))


def known_place(booking: Booking, now: datetime, first: date, last: date) -> "Place":
    """Read what is known of a booking's place on its days: four queries at most."""
    openings = load_openings([booking.site], first, last)
    ahead = {booking.pk: booking} if booking.ends_at > now else {}
    missed = missed_among(ahead, times_ahead(ahead, now), now, openings)
    return Place(booking, openings, missed.get(booking.pk, {}))


def gone(before: Use, after: Use | None) -> Sequence[Interval]:
    """Return the times that are given up: all where another place, or fewer units, are taken."""
    if after is None or place_of(after) != place_of(before) or after.units != before.units:
        return before.intervals
    return minus(before.intervals, after.intervals)


@dataclass(frozen=True)
class Place:
    """What is known of a booking's place: when it is open, and what can no longer be had of it."""

    booking: Booking
    openings: Openings
    missed: Missed

    def is_closed(self, time: Interval) -> bool:
        """Tell whether a time lies in closures."""
        closures = self.openings.closures.get(self.booking.site_id, ())
        return is_covered(time, closed_at(self.booking, closures))

    def is_lost(self, time: Interval) -> bool:
        """Tell whether a time can no longer be had as it was booked, or lay in closures."""
        return self.is_closed(time) or any(missed.overlaps(time) for missed in self.missed)
