"""Which events a booking makes: its times that clocks tell alike are one (decision 0013)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from bookings.calendars.clocks import by_clocks, is_skipped
from bookings.calendars.numbers import Times, numbers_of
from bookings.models import Allocation, Booking, SentAppointment
from network.models import User
from sites.geo import Point
from sites.intervals import Interval
from sites.models import Stop

PAST_SHOWN = timedelta(days=365)
#: Calendar programs that look once a month still learn of a cancellation.
CANCELLED_SHOWN = timedelta(days=30)
Places = dict[Interval, "Place"]


@dataclass(frozen=True)
class Place:
    """Where a booking is, in words and degrees."""

    address: str
    point: Point


@dataclass(frozen=True)
class Appointment:
    """One event of a booking; `number` counts from 1 and names it in calendars.

    Its times, each on a day of its own, start at the same hour, last as long, at one place; none
    when it is no more known where that was. `missed` are those that can no longer be had, each
    with why.
    """

    booking: Booking
    number: int
    intervals: Times
    place: Place | None
    is_cancelled: bool = False
    missed: tuple[tuple[Interval, str], ...] = ()

    def cancelled(self) -> "Appointment":
        """Return the same as taken out."""
        return replace(self, is_cancelled=True)


def shown_in_feed(person: User, now: datetime) -> QuerySet[Booking]:
    """Return the person's bookings of the past year and to come, old cancelled ones left out."""
    return (
        Booking.objects.of(person)
        .filter(ends_at__gt=now - PAST_SHOWN)
        .exclude(status=Booking.Status.CANCELLED, changed_at__lte=now - CANCELLED_SHOWN)
    )


def appointments_of(bookings: QuerySet[Booking]) -> list[Appointment]:
    """Return the events of `bookings`, in order, in two queries.

    An active booking's are made of what it holds; a cancelled one's are what its person's
    calendar was told, or, if nothing was, all that it had held.
    """
    sent = all_sent(bookings)
    found = []
    for _pk, rows in groupby(allocations_of(bookings), key=attrgetter("booking_id")):
        held = list(rows)
        booking, told = held[0].booking, sent[held[0].booking_id]
        if booking.is_active:
            found += numbered(booking, places_by_time(held), told)
        elif last := last_sent(booking, told):
            found += [as_told(booking, row) for row in last]
        else:
            found += [one.cancelled() for one in numbered(booking, places_by_time(held), told)]
    return found


def allocations_of(bookings: QuerySet[Booking]) -> QuerySet[Any]:
    """Return the allocations of `bookings`, booking by booking, with the stop each is at."""
    stop = (
        Stop.objects.filter(
            site=OuterRef("site"),
            starts_at__lt=OuterRef("ends_at"),
            ends_at__gt=OuterRef("starts_at"),
        )
        .order_by("starts_at")
        .values(
            json=JSONObject(
                place="place",
                commune="commune__name",
                latitude="latitude",
                longitude="longitude",
            )
        )[:1]
    )
    return (
        Allocation.objects.kept()
        .filter(booking__in=bookings)
        .select_related("booking__site__commune", "booking__space", "booking__person")
        .annotate(stop=Subquery(stop))
        .order_by("booking__starts_at", "booking_id", "starts_at", "ends_at")
    )


def all_sent(bookings: QuerySet[Booking]) -> dict[int, list[SentAppointment]]:
    """Return by booking all that calendars were ever told of it."""
    rows = SentAppointment.objects.filter(booking__in=bookings)
    found: dict[int, list[SentAppointment]] = defaultdict(list)
    for row in rows.select_related("booking__person").order_by("number", "pk"):
        found[row.booking_id].append(row)
    return found


def last_sent(booking: Booking, sent: Iterable[SentAppointment]) -> list[SentAppointment]:
    """Return what its person's calendar still holds, or holds no more since its last revision."""
    rows = [
        row
        for row in sent
        if not row.is_former and (not row.is_out or row.withdrawn == booking.sequence)
    ]
    return sorted(rows, key=lambda row: min(row.intervals))


def places_by_time(allocations: Iterable[Any]) -> Places:
    """Return where each time is, in order; several units taken for the same time are one."""
    return {row.interval: place_of(row.booking, row.stop) for row in allocations}


def numbered(
    booking: Booking, places: Places, sent: Iterable[SentAppointment]
) -> list[Appointment]:
    """Return the events that hold these times, in order, under the numbers they were told by."""
    events = events_of(booking, places)
    numbers = numbers_of(events, sent, booking.sequence, booking.site.zone)
    return [
        Appointment(booking, number, intervals, places[intervals[0]])
        for number, intervals in zip(numbers, events, strict=True)
    ]


def events_of(booking: Booking, places: Places) -> list[Times]:
    """Return the times that clocks tell alike and that are at one place, event by event."""
    zone = booking.site.zone
    alike: dict[object, list[Interval]] = defaultdict(list)
    for interval, place in places.items():
        alike[by_clocks(interval, zone)[2:], place].append(interval)
    parts = [part for intervals in alike.values() for part in without_gaps(intervals, zone)]
    return sorted(parts)


def without_gaps(intervals: Sequence[Interval], zone: ZoneInfo) -> list[Times]:
    """Cut a series where a day it leaves out has no such hour: programs count that day or not."""
    parts = [[intervals[0]]]
    for before, after in pairwise(intervals):
        if has_gap(before, after, zone):
            parts.append([])
        parts[-1].append(after)
    return [tuple(part) for part in parts]


def has_gap(before: Interval, after: Interval, zone: ZoneInfo) -> bool:
    """Tell whether the hour at which both start is skipped by clocks on a day in between."""
    starts, last = (by_clocks(one, zone)[0] for one in (before, after))
    days = range(1, (last.date() - starts.date()).days)
    return any(is_skipped(starts + timedelta(days=day)) for day in days)


def as_told(booking: Booking, row: SentAppointment) -> Appointment:
    """Return the cancelled event as its person's calendar knows it."""
    place = row.place and Place(
        row.place["address"], Point(row.place["latitude"], row.place["longitude"])
    )
    return Appointment(booking, row.number, row.intervals, place or None, is_cancelled=True)


def times_of(appointments: Sequence[Appointment]) -> list[Interval]:
    """Return all their times, in order."""
    return sorted(interval for one in appointments for interval in one.intervals)


def place_of(booking: Booking, stop: dict[str, Any] | None) -> Place:
    """Return the site's address, or where an itinerant site stands at that time."""
    site = booking.site
    if site.is_itinerant and stop:
        address = f"{site.name}, {stop['place']}, {stop['commune']}"
        return Place(address, Point(stop["latitude"], stop["longitude"]))
    address = f"{site.name}, {site.address}, {site.postal_code} {site.commune.name}"
    return Place(address, site.point)
