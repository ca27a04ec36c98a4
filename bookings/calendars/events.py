"""What an event says of a booking."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from math import gcd
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress

from bookings.access import access_to, reads_so_since
from bookings.calendars.appointments import Appointment
from bookings.calendars.clocks import local
from bookings.models import Booking
from network.text import mailto, many_lines, one_line
from sites.templatetags.when import day_words, when

STATUS = {
    Booking.Status.CONFIRMED: "CONFIRMED",
    Booking.Status.CANCELLED: "CANCELLED",
}


def event_of(appointment: Appointment, now: datetime) -> Event:
    """Return an appointment as an event."""
    event = Event()
    for name, value in facts_of(appointment, now).items():
        event.add(name, value)
    return event


def facts_of(appointment: Appointment, now: datetime) -> dict[str, object]:
    """Return what the event says, by the names of RFC 5545."""
    booking, times = appointment.booking, appointment.intervals
    starts, ends = local(times[0], booking.site.zone)
    since = reads_so_since(booking, times, now)
    status = STATUS[Booking.Status(booking.status)]
    return {
        "uid": uid_of(appointment),
        "sequence": booking.sequence,
        "dtstamp": since,
        "created": booking.created_at,
        "last-modified": since,
        "dtstart": starts,
        "dtend": ends,
        **repeats_of(appointment),
        "status": "CANCELLED" if appointment.is_cancelled else status,
        "transp": "TRANSPARENT" if appointment.is_cancelled else "OPAQUE",
        "summary": summary_of(appointment),
        **where_is(appointment),
        "url": page_of(booking),
        "description": many_lines(description_of(appointment, now)),
    }


def where_is(appointment: Appointment) -> dict[str, object]:
    """Return where the event is, unless that is no more known."""
    place = appointment.place
    return {"location": one_line(place.address), "geo": tuple(place.point)} if place else {}


def uid_of(appointment: Appointment) -> str:
    """Return what names the event in every calendar, mail, feed and file."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    return f"{appointment.booking.reference}-{appointment.number}@{host}"


def repeats_of(appointment: Appointment) -> dict[str, object]:
    """Return the rule that tells the days after the first, and the days it must leave out."""
    zone = appointment.booking.site.zone
    starts = [local(one, zone)[0] for one in appointment.intervals]
    away = [(one.date() - starts[0].date()).days for one in starts]
    step = gcd(*away)
    if not step:
        return {}
    left_out = sorted(set(range(0, away[-1], step)) - set(away))
    rule = {"freq": "daily", "interval": step, "count": away[-1] // step + 1}
    skipped = [starts[0] + timedelta(days=days) for days in left_out]
    return {"rrule": rule, **({"exdate": skipped} if skipped else {})}


def summary_of(appointment: Appointment) -> str:
    """Return the event's title; programs that do not know of STATUS must see a cancelled one.

    No STATUS tells that a place which is booked cannot be had, so the title does.
    """
    booking = appointment.booking
    title = one_line(f"{booking.site.name} – {booking.space.name}")
    if appointment.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": title}
    if not appointment.missed:
        return title
    if len(appointment.missed) < len(appointment.intervals):
        return _("Partly no longer possible: %(title)s") % {"title": title}
    return _("No longer possible: %(title)s") % {"title": title}


def description_of(appointment: Appointment, now: datetime) -> str:
    """Return what the person needs on the day; how to get in only when it may be shown."""
    booking = appointment.booking
    lines = missed_lines(appointment)
    lines.append(_("Booking %(reference)s") % {"reference": booking.reference})
    if booking.people > 1:
        lines.append(_("People: %(people)d") % {"people": booking.people})
    if booking.note:
        lines.append(_("Your note: %(note)s") % {"note": booking.note})
    page = {"address": page_of(booking)}
    if not appointment.is_cancelled:
        lines += access_lines(appointment, now)
    if appointment.is_cancelled or not booking.can_be_changed(now):
        return "\n".join([*lines, _("See the booking: %(address)s") % page])
    return "\n".join([*lines, _("See, change or cancel: %(address)s") % page])


def missed_lines(appointment: Appointment) -> list[str]:
    """Return which times can no longer be had, and why."""
    zone = appointment.booking.site.zone
    return [
        _("No longer possible: %(title)s") % {"title": f"{when(time, zone)}. {reason}"}
        for time, reason in appointment.missed
    ]


def access_lines(appointment: Appointment, now: datetime) -> list[str]:
    """Return how to get in, or when and where that will be shown."""
    access = access_to(appointment.booking, appointment.intervals, now)
    if access.notes:
        return [_("To get in: %(notes)s") % {"notes": access.notes.text}]
    if access.from_day:
        day = day_words(access.from_day)
        return [_("To get in: on the page of your booking from %(day)s") % {"day": day}]
    return []


def page_of(booking: Booking) -> str:
    """Return the full address of the booking's page."""
    return f"{settings.PUBLIC_URL}{booking.get_absolute_url()}"


def fingerprint(appointments: Iterable[Appointment], now: datetime) -> str:
    """Return what differs as soon as the calendar of `appointments` would say anything else.

    It costs a third of writing the calendar, which programs ask for every hour.
    """
    facts = repr([facts_of(one, now) for one in appointments])
    return hashlib.sha256(facts.encode()).hexdigest()


def organised(event: Event) -> Event:
    """Return the event with the network as its organiser."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    event.add("organizer", calendar_address(address, CN=name or address))
    return event


def attended(event: Event, booking: Booking) -> Event:
    """Return the event with the booking's person as its attendee, who has already said yes."""
    person = booking.person
    yes = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", calendar_address(person.email, CN=str(person), **yes))
    return event


def calendar_address(address: str, **parameters: str) -> vCalAddress:
    """Return a calendar address; quotes, which its parameters cannot hold, become apostrophes."""
    return vCalAddress(
        mailto(address),
        params={name: one_line(value).replace('"', "’") for name, value in parameters.items()},
    )
