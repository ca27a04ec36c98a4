"""Whole calendars: the feed, the file of one booking, and what goes with a mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from bookings.calendars.appointments import Appointment
from bookings.calendars.events import attended, event_of, organised
from bookings.calendars.timezones import vtimezone

PRODUCT = "-//Maillage//Reservations//FR"
REFRESH_EVERY = timedelta(hours=1)


def feed_calendar(appointments: Sequence[Appointment], now: datetime) -> bytes:
    """Return the calendar that programs subscribe to; without bookings it still has a time zone.

    RFC 5545 §3.6 wants a component in each calendar, and some programs refuse one without.
    """
    calendar = new_calendar()
    calendar.add("name", _("My bookings – Maillage"))
    calendar.add("x-wr-calname", _("My bookings – Maillage"))
    calendar.add("refresh-interval", REFRESH_EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH_EVERY))
    zones = zones_of(appointments) or [ZoneInfo(settings.TIME_ZONE)]
    return written(calendar, [event_of(one, now) for one in appointments], zones)


def download(appointments: Sequence[Appointment], now: datetime) -> bytes:
    """Return one booking as a file to add to a calendar."""
    calendar = new_calendar(method="PUBLISH")
    events = [organised(event_of(one, now)) for one in appointments]
    return written(calendar, events, zones_of(appointments))


def invitation(appointment: Appointment, now: datetime) -> bytes:
    """Return what puts or replaces one event: one message holds one UID (RFC 5546 §3.2.2)."""
    return message(appointment, "REQUEST", now)


def withdrawal(appointment: Appointment, now: datetime) -> bytes:
    """Return what takes one event out (RFC 5546 §3.2.5)."""
    return message(appointment.cancelled(), "CANCEL", now)


def message(appointment: Appointment, method: str, now: datetime) -> bytes:
    """Return one event for its person, as `method` of RFC 5546 says."""
    event = attended(organised(event_of(appointment, now)), appointment.booking)
    return written(new_calendar(method), [event], zones_of([appointment]))


def new_calendar(method: str = "") -> Calendar:
    """Return an empty calendar of ours."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    return calendar


def zones_of(appointments: Sequence[Appointment]) -> list[ZoneInfo]:
    """Return the time zones of the appointments' sites, each once."""
    zones = {one.booking.site.time_zone: one.booking.site.zone for one in appointments}
    return [zones[key] for key in sorted(zones)]


def written(calendar: Calendar, events: Iterable[Event], zones: Iterable[ZoneInfo]) -> bytes:
    """Return the calendar as text, time zones first."""
    for zone in zones:
        if component := vtimezone(zone):
            calendar.add_component(component)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
