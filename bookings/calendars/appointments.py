"""Which events a booking makes: its times that clocks tell alike are one (decision 0013)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from bookings.calendars.clocks import local
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

    Its times, each on a day of its own, start at the same hour, last as long, at one place.
    `missed` are those that can no longer be had, each with why.
    """

    booking: Booking
    number: int
    intervals: tuple[Interval, ...]
    place: Place
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
    sent = last_sent(bookings)
    found = []
    for _pk, rows in groupby(allocations_of(bookings), key=attrgetter("booking_id")):
        held = list(rows)
        booking = held[0].booking
        if booking.is_active:
            found += numbered(booking, places_by_time(held))
        elif told := sent[booking.pk]:
            places = places_by_time(held)
            found += [as_told(booking, row, places) for row in told]
        else:
            found += [one.cancelled() for one in numbered(booking, places_by_time(held))]
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


def last_sent(bookings: QuerySet[Booking]) -> dict[int, list[SentAppointment]]:
    """Return by booking what calendars still hold, or hold no more since its last revision."""
    rows = SentAppointment.objects.filter(booking__in=bookings).select_related("booking")
    found: dict[int, list[SentAppointment]] = defaultdict(list)
    for row in rows.order_by("number"):
        is_out = row.withdrawn is not None and row.withdrawn >= row.requested
        if not is_out or row.withdrawn == row.booking.sequence:
            found[row.booking_id].append(row)
    return found


def places_by_time(allocations: Iterable[Any]) -> Places:
    """Return where each time is, in order; several units taken for the same time are one."""
    return {row.interval: place_of(row.booking, row.stop) for row in allocations}


def numbered(booking: Booking, places: Places) -> list[Appointment]:
    """Return the events that hold these times, numbered by their first one."""
    alike: dict[object, list[Interval]] = defaultdict(list)
    for interval, place in places.items():
        starts = local(interval.starts_at, booking.site.zone)
        alike[starts.time(), starts.tzinfo, interval.length, place].append(interval)
    return [
        Appointment(booking, number, tuple(intervals), places[intervals[0]])
        for number, intervals in enumerate(alike.values(), 1)
    ]


def as_told(booking: Booking, row: SentAppointment, places: Places) -> Appointment:
    """Return the cancelled event as its person's calendar knows it."""
    place = places.get(row.intervals[0]) or place_of(booking, None)
    return Appointment(booking, row.number, row.intervals, place, is_cancelled=True)


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
