"""Whether what was booked can still be had: closures, hours and the like may come after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from bookings.admission import refuse_inactive, refuse_not_open
from bookings.errors import NotNumbered
from bookings.models import Allocation, Booking
from bookings.rules import days_of
from network.errors import Refusal
from sites.intervals import Interval
from sites.models import Site
from sites.openings import Openings, load_openings


def obstacles(bookings: Iterable[Booking], now: datetime) -> dict[int, Refusal]:
    """Return why some of `bookings` can no longer be had, by their keys.

    Only what is still to come of them counts. Four queries at most, however many bookings: their
    sites and spaces are read with them.
    """
    ahead = {one.pk: one for one in bookings if one.is_active and one.ends_at > now}
    times = times_ahead(ahead, now)
    if not times:
        return {}
    days = {
        pk: days_of(sorted({interval for interval, _usable in rows}), ahead[pk].site.zone)
        for pk, rows in times.items()
    }
    sites = {booking.site_id: booking.site for booking in ahead.values()}
    every_day = [day for some in days.values() for day in some]
    openings = load_openings(sites.values(), min(every_day), max(every_day))
    found: dict[int, Refusal] = {}
    for pk, of_booking in days.items():
        is_usable = all(usable for _interval, usable in times[pk])
        if reason := obstacle(ahead[pk], of_booking, openings, is_usable=is_usable):
            found[pk] = reason
    return found


def times_ahead(
    ahead: Mapping[int, Booking], now: datetime
) -> dict[int, list[tuple[Interval, bool]]]:
    """Return what is left of each booking's times, and whether its unit can still be used.

    An interchangeable unit taken out of service does not matter: another will do.
    """
    times: dict[int, list[tuple[Interval, bool]]] = defaultdict(list)
    if not ahead:
        return times
    rows = Allocation.objects.holding().filter(booking__in=ahead, ends_at__gt=now)
    for pk, starts_at, ends_at, is_active in rows.values_list(
        "booking_id", "starts_at", "ends_at", "unit__is_active"
    ):
        is_usable = is_active is not False or ahead[pk].space.is_fungible
        times[pk].append((Interval(max(starts_at, now), ends_at), is_usable))
    return times


def obstacle(
    booking: Booking,
    days: Mapping[date, list[Interval]],
    openings: Openings,
    *,
    is_usable: bool,
) -> Refusal | None:
    """Return why the booking can no longer be had, if so, by the rules that admitted it."""
    booking.space.site = booking.site  # the same row, not read again
    try:
        refuse_inactive(booking.space)
        refuse_not_open(booking.space, days, openings)
        if not is_usable:
            raise NotNumbered(_("This place can no longer be used."))
    except Refusal as refusal:
        return refusal
    return None


def impossible_at(site: Site, now: datetime) -> dict[int, Booking]:
    """Return the bookings at `site` that can no longer be had, by their keys."""
    bookings = (
        Booking.objects.active()
        .upcoming(now)
        .filter(site=site)
        .select_related("site", "space", "person")
        .order_by("starts_at", "pk")
    )
    every = {booking.pk: booking for booking in bookings}
    met = obstacles(every.values(), now)
    return {pk: booking for pk, booking in every.items() if pk in met}
