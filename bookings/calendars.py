"""Bookings as iCalendar (RFC 5545): events to subscribe to, to download and to send."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDuration

from bookings.models import Allocation, Booking
from bookings.timezones import vtimezone
from network.models import User
from sites.geo import Point
from sites.intervals import Interval
from sites.models import Stop

PRODUCT = "-//Maillage//Reservations//FR"
PAST_SHOWN = timedelta(days=365)
#: Calendar programs that look once a month still learn of a cancellation.
CANCELLED_SHOWN = timedelta(days=30)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
REFRESH_EVERY = timedelta(hours=1)
STATUS = {
    Booking.Status.HELD: "TENTATIVE",
    Booking.Status.CONFIRMED: "CONFIRMED",
    Booking.Status.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True)
class Place:
    """Where a booking is, in words and degrees."""

    address: str
    point: Point


@dataclass(frozen=True)
class Slot:
    """One time of a booking; `number` counts from 1 and names it in calendars."""

    booking: Booking
    number: int
    interval: Interval
    place: Place


def shown_in_feed(person: User, now: datetime) -> QuerySet[Booking]:
    """Return the person's bookings of the past year and to come, old cancelled ones left out."""
    return (
        Booking.objects.of(person)
        .filter(ends_at__gt=now - PAST_SHOWN)
        .exclude(status=Booking.Status.CANCELLED, changed_at__lte=now - CANCELLED_SHOWN)
    )


def slots_of(bookings: QuerySet[Booking]) -> list[Slot]:
    """Return the times of `bookings`, in order, in one query.

    Several units taken for the same time are one slot.
    """
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
    rows = (
        Allocation.objects.kept()
        .filter(booking__in=bookings)
        .select_related("booking__site__commune", "booking__space", "booking__person")
        .annotate(stop=Subquery(stop))
        .order_by("booking__starts_at", "booking_id", "starts_at", "ends_at")
    )
    return numbered(rows)


def numbered(allocations: Iterable[Any]) -> list[Slot]:
    """Return one slot for each booking and time, numbered within its booking."""
    slots: list[Slot] = []
    for allocation in allocations:
        last = slots[-1] if slots else None
        is_same_booking = last is not None and last.booking.pk == allocation.booking_id
        if last and is_same_booking and last.interval == allocation.interval:
            continue
        number = last.number + 1 if last and is_same_booking else 1
        place = place_of(allocation.booking, allocation.stop)
        slots.append(Slot(allocation.booking, number, allocation.interval, place))
    return slots


def place_of(booking: Booking, stop: dict[str, Any] | None) -> Place:
    """Return the site's address, or where an itinerant site stands at that time."""
    site = booking.site
    if site.is_itinerant and stop:
        address = f"{site.name}, {stop['place']}, {stop['commune']}"
        return Place(address, Point(stop["latitude"], stop["longitude"]))
    address = f"{site.name}, {site.address}, {site.postal_code} {site.commune.name}"
    return Place(address, site.point)


def feed_calendar(slots: Sequence[Slot]) -> bytes:
    """Return the calendar that programs subscribe to."""
    calendar = new_calendar()
    calendar.add("name", _("My bookings – Maillage"))
    calendar.add("x-wr-calname", _("My bookings – Maillage"))
    calendar.add("refresh-interval", REFRESH_EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH_EVERY))
    return written(calendar, [event_of(slot) for slot in slots], zones_of(slots))


def download(slots: Sequence[Slot]) -> bytes:
    """Return one booking as a file to add to a calendar."""
    calendar = new_calendar(method="PUBLISH")
    return written(calendar, [organised(event_of(slot)) for slot in slots], zones_of(slots))


def invitation(slots: Sequence[Slot], *, method: str) -> bytes:
    """Return what goes with a mail: `method` is REQUEST (put or replace) or CANCEL (take out)."""
    calendar = new_calendar(method=method)
    events = [attended(organised(event_of(slot)), slot) for slot in slots]
    return written(calendar, events, zones_of(slots))


def withdrawal(last: Slot, times_before: int) -> bytes:
    """Return what takes out the times that a booking had after its present `last` one."""
    numbers = range(last.number + 1, times_before + 1)
    gone = [replace(last, number=number) for number in numbers]
    events = [attended(organised(event_of(slot)), slot) for slot in gone]
    for event in events:
        event["status"] = "CANCELLED"
    return written(new_calendar(method="CANCEL"), events, zones_of(gone))


def new_calendar(method: str = "") -> Calendar:
    """Return an empty calendar of ours."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    return calendar


def zones_of(slots: Sequence[Slot]) -> list[ZoneInfo]:
    """Return the time zones of the slots' sites, each once."""
    zones = {slot.booking.site.time_zone: slot.booking.site.zone for slot in slots}
    return [zones[key] for key in sorted(zones)]


def written(calendar: Calendar, events: Iterable[Event], zones: Iterable[ZoneInfo]) -> bytes:
    """Return the calendar as text, time zones first."""
    for zone in zones:
        if component := vtimezone(zone):
            calendar.add_component(component)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def event_of(slot: Slot) -> Event:
    """Return one time of a booking as an event."""
    event = Event()
    for name, value in facts_of(slot).items():
        event.add(name, value)
    return event


def facts_of(slot: Slot) -> dict[str, object]:
    """Return what the event says, by the names of RFC 5545."""
    booking, zone = slot.booking, slot.booking.site.zone
    host = urlsplit(settings.PUBLIC_URL).hostname
    return {
        "uid": f"{booking.reference}-{slot.number}@{host}",
        "sequence": booking.sequence,
        "dtstamp": booking.changed_at,
        "created": booking.created_at,
        "last-modified": booking.changed_at,
        "dtstart": local(slot.interval.starts_at, zone),
        "dtend": local(slot.interval.ends_at, zone),
        "status": STATUS[Booking.Status(booking.status)],
        "transp": "OPAQUE" if booking.is_active else "TRANSPARENT",
        "summary": plain(f"{booking.site.name} – {booking.space.name}"),
        "location": plain(slot.place.address),
        "geo": tuple(slot.place.point),
        "url": page_of(booking),
        "description": plain(description_of(booking)),
    }


def fingerprint(slots: Sequence[Slot]) -> str:
    """Return what differs as soon as the calendar of `slots` would say anything else.

    It costs a third of writing the calendar, which programs ask for every hour.
    """
    facts = repr([facts_of(slot) for slot in slots])
    return hashlib.sha256(facts.encode()).hexdigest()


def plain(text: str) -> str:
    """Return `text` without the control characters that a calendar may not hold."""
    return CONTROLS.sub("", text.replace("\r\n", "\n"))


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return `instant` by the clocks of `zone`, or in UTC where these cannot be told for sure.

    In the hour that clocks show twice, a calendar would be read as meaning the first one; and a
    zone without yearly rules is read differently by different programs (Casablanca's: measured).
    """
    by_clocks = instant.astimezone(zone)
    if by_clocks.fold or vtimezone(zone) is None:
        return instant.astimezone(UTC)
    return by_clocks


def page_of(booking: Booking) -> str:
    """Return the full address of the booking's page."""
    return f"{settings.PUBLIC_URL}{booking.get_absolute_url()}"


def description_of(booking: Booking) -> str:
    """Return what the person needs on the day; how to get in only while the booking stands."""
    lines = [_("Booking %(reference)s") % {"reference": booking.reference}]
    if booking.people > 1:
        lines.append(_("People: %(people)d") % {"people": booking.people})
    if booking.note:
        lines.append(_("Your note: %(note)s") % {"note": booking.note})
    if booking.is_active and booking.site.access_notes:
        lines.append(_("To get in: %(notes)s") % {"notes": booking.site.access_notes})
    lines.append(_("See, change or cancel: %(address)s") % {"address": page_of(booking)})
    return "\n".join(lines)


def organised(event: Event) -> Event:
    """Return the event with the network as its organiser."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    event.add("organizer", mailto(address, CN=name or address))
    return event


def attended(event: Event, slot: Slot) -> Event:
    """Return the event with the booking's person as its attendee, who has already said yes."""
    person = slot.booking.person
    yes = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", mailto(person.email, CN=str(person), **yes))
    return event


def mailto(address: str, **parameters: str) -> vCalAddress:
    """Return a calendar address; quotes, which its parameters cannot hold, become apostrophes."""
    return vCalAddress(
        f"mailto:{address}",
        params={name: value.replace('"', "’") for name, value in parameters.items()},
    )
