"""Whether what was booked can still be had: closures, hours and the like may come after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from bookings.admission import refuse_inactive, refuse_not_open
from bookings.ahead import Ahead
from bookings.calendars import Appointment
from bookings.errors import NotNumbered
from bookings.models import Allocation, Booking
from bookings.rules import days_of
from network.errors import Refusal
from sites.intervals import Interval
from sites.models import Site
from sites.openings import Openings, load_openings

#: Why some times of a booking can no longer be had, in order.
Missed = Mapping[Interval, Refusal]
#: The times of a booking, in order, and whether its units can still be used then.
Usable = Mapping[Interval, bool]


@dataclass(frozen=True)
class Impossible:
    """A booking of which some times can no longer be had."""

    booking: Booking
    times: Missed


def obstacles(bookings: Iterable[Booking], now: datetime) -> dict[int, Refusal]:
    """Return why some of `bookings` can no longer be had, by their keys: the first reason."""
    return {pk: next(iter(times.values())) for pk, times in missed_times(bookings, now).items()}


def missed_times(bookings: Iterable[Booking], now: datetime) -> dict[int, Missed]:
    """Return which times of some of `bookings` can no longer be had, by the bookings' keys.

    Only what is still to come of them counts. Four queries at most, however many bookings: their
    sites and spaces are read with them.
    """
    ahead = {one.pk: one for one in bookings if one.is_active and one.ends_at > now}
    return missed_among(ahead, times_ahead(ahead, now), now)


def missed_among(
    ahead: Mapping[int, Booking],
    times: Mapping[int, Usable],
    now: datetime,
    openings: Openings | None = None,
) -> dict[int, Missed]:
    """Return the same of bookings of which the times to come are known: three queries at most.

    None where it is known as well when their sites are open.
    """
    if not times:
        return {}
    if openings is None:
        every = [day for pk, some in times.items() for day in days_of(some, ahead[pk].site.zone)]
        sites = {booking.site_id: booking.site for booking in ahead.values()}
        openings = load_openings(sites.values(), min(every), max(every))
    found: dict[int, dict[Interval, Refusal]] = defaultdict(dict)
    for pk, some in times.items():
        for interval, is_usable in some.items():
            left = Interval(max(interval.starts_at, now), interval.ends_at)
            if reason := obstacle(ahead[pk], left, openings, is_usable=is_usable):
                found[pk][interval] = reason
    return dict(found)


def times_ahead(ahead: Mapping[int, Booking], now: datetime) -> dict[int, Usable]:
    """Read each booking's times that are not over, and whether its units can still be used."""
    if not ahead:
        return {}
    rows = Allocation.objects.confirmed().filter(booking__in=ahead, ends_at__gt=now)
    found = rows.order_by("starts_at").values_list(
        "booking_id", "starts_at", "ends_at", "unit__is_active"
    )
    return usable_times(
        (ahead[pk], Interval(starts_at, ends_at), is_active)
        for pk, starts_at, ends_at, is_active in found
        if pk is not None
    )


def missed_ahead(
    bookings: Iterable[Ahead], now: datetime, openings: Openings | None = None
) -> dict[int, Missed]:
    """Return the same of active bookings whose times are read already: three queries at most.

    None where it is known as well when their sites are open, from today to the last of their days.
    """
    ahead = {one.booking.pk: one for one in bookings}
    times = usable_times(
        (one.booking, held.interval, held.unit.is_active if held.unit else None)
        for one in ahead.values()
        for held in one.allocations
        if held.ends_at > now
    )
    return missed_among({pk: one.booking for pk, one in ahead.items()}, times, now, openings)


def usable_times(
    held: Iterable[tuple[Booking, Interval, bool | None]],
) -> dict[int, Usable]:
    """Return the times by the bookings' keys, and whether the units of each can still be used.

    An interchangeable unit taken out of service does not matter: another will do.
    """
    times: dict[int, dict[Interval, bool]] = defaultdict(dict)
    for booking, interval, is_active in held:
        is_usable = is_active is not False or booking.space.is_fungible
        times[booking.pk][interval] = is_usable and times[booking.pk].get(interval, True)
    return dict(times)


def obstacle(
    booking: Booking, left: Interval, openings: Openings, *, is_usable: bool
) -> Refusal | None:
    """Return why what is left of a time can no longer be had, by the rules that admitted it."""
    booking.space.site = booking.site  # the same row, not read again
    try:
        refuse_inactive(booking.space)
        refuse_not_open(booking.space, days_of([left], booking.site.zone), openings)
        if not is_usable:
            raise NotNumbered(_("This place can no longer be used."))
    except Refusal as refusal:
        return refusal
    return None


def impossible_at(site: Site, now: datetime) -> dict[int, Impossible]:
    """Return the bookings at `site` of which times can no longer be had, by their keys."""
    bookings = (
        Booking.objects.active()
        .upcoming(now)
        .filter(site=site)
        .select_related("site", "space", "person")
        .order_by("starts_at", "pk")
    )
    every = {booking.pk: booking for booking in bookings}
    met = missed_times(every.values(), now)
    return {pk: Impossible(booking, met[pk]) for pk, booking in every.items() if pk in met}


def marked(appointments: Sequence[Appointment], now: datetime) -> list[Appointment]:
    """Return the events, each with which of its times can no longer be had, and why.

    The reasons are in the active language.
    """
    met = missed_times({one.booking.pk: one.booking for one in appointments}.values(), now)
    return [with_missed(one, met.get(one.booking.pk, {})) for one in appointments]


def with_missed(appointment: Appointment, missed: Missed) -> Appointment:
    """Return the event with those of its times that can no longer be had."""
    if appointment.is_cancelled:
        return appointment
    mine = [time for time in appointment.intervals if time in missed]
    return replace(appointment, missed=tuple((time, str(missed[time].message)) for time in mine))
