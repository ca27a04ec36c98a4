"""The mail of the day before: when, where, how to get in, and how to let go in one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.access import access_to
from bookings.calendars import appointments_of, page_of
from bookings.calendars.appointments import Appointment, Place
from bookings.messages.words import details_of, headline
from bookings.models import Booking
from bookings.possibility import marked
from bookings.reminders.links import cancel_token, stop_token
from network.hrefs import whole_address_of
from network.mails.templated import templated
from network.mails.wire import Message
from network.models import User
from sites.geo import directions_url
from sites.intervals import Interval
from sites.rules import local_day
from sites.telling import UNTOLD
from sites.templatetags.when import when


@dataclass(frozen=True)
class Visit:
    """What a booking has on one local day; `missed` of it can no longer be had, each with why."""

    booking: Booking
    day: date
    times: tuple[Interval, ...]
    missed: dict[Interval, str]
    places: tuple[Place, ...]

    @property
    def kept(self) -> list[Interval]:
        """Return the times that can be had."""
        return [time for time in self.times if time not in self.missed]

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether none of it has begun, so that all of it can be cancelled."""
        return self.times[0].starts_at > now


def visits_on(person: User, day: date, now: datetime) -> list[Visit]:
    """Return what the person has on that local day of each site and has not all begun, in order."""
    own = Booking.objects.of(person).filter(status=Booking.Status.CONFIRMED, ends_at__gt=now)
    found: dict[int, list[Appointment]] = {}
    for one in marked(appointments_of(own), now):
        if any(is_on(time, day, one.booking) for time in one.intervals):
            found.setdefault(one.booking.pk, []).append(one)
    visits = [visit_of(events, day) for events in found.values()]
    return sorted(
        (one for one in visits if one.times[-1].starts_at > now), key=lambda one: one.times[0]
    )


def is_on(time: Interval, day: date, booking: Booking) -> bool:
    """Tell whether the time is on that local day of its site."""
    return local_day(day, booking.site.zone).covers(time)


def visit_of(events: Sequence[Appointment], day: date) -> Visit:
    """Return what the events of one booking have on that day."""
    booking = events[0].booking
    times = sorted(time for one in events for time in one.intervals if is_on(time, day, booking))
    missed = {time: why for one in events for time, why in one.missed if time in times}
    places = dict.fromkeys(
        one.place for one in events if one.place and any(time in times for time in one.intervals)
    )
    return Visit(booking, day, tuple(times), missed, tuple(places))


def reminder_for(person: User, day: date, now: datetime) -> Message | None:
    """Return the mail that reminds of a day, in its reader's language; None for an empty day."""
    with translation.override(person.language):
        visits = visits_on(person, day, now)
        return message_of(person, day, visits, now) if visits else None


def message_of(person: User, day: date, visits: Sequence[Visit], now: datetime) -> Message:
    """Return the mail, in the active language, with a link that stops such mails (RFC 8058)."""
    stop = whole_address_of("reminders-stop", stop_token(person))
    context = {
        "title": title_of(visits),
        "visits": [told(one, now) for one in visits],
        "stop": stop,
    }
    message = templated(
        "bookings/email/reminder",
        subject=subject_of(visits),
        context=context,
        to=person.email,
        key=f"reminder-{person.pk}-{day.isoformat()}",
    )
    leaving = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message["headers"] |= leaving
    return message


def title_of(visits: Sequence[Visit]) -> str:
    """Return the fact in a few words: a reminder, or that nothing of it can be had."""
    return _("Reminder") if any(one.kept for one in visits) else _("No longer possible")


def subject_of(visits: Sequence[Visit]) -> str:
    """Return "Rappel : La Fabrique, mardi 24 novembre, 9 h – 12 h 30"."""
    times = [(one.booking.site, time) for one in visits for time in one.kept or one.times]
    return headline(title_of(visits), times)


def told(visit: Visit, now: datetime) -> dict[str, object]:
    """Return what the mail says of one booking."""
    booking, site = visit.booking, visit.booking.site
    can_come = bool(visit.kept)
    return {
        "reference": booking.reference,
        "times": [when(one, site.zone) for one in visit.kept],
        "missed": [(when(one, site.zone), why) for one, why in visit.missed.items()],
        "zone": "" if site.time_zone == settings.TIME_ZONE else site.time_zone,
        "cancel": cancel_page(visit) if visit.is_ahead(now) else "",
        "page": page_of(booking),
        "details": details_of(booking, [place.address for place in visit.places]),
        "entry": access_to(booking, visit.times, now).notes if can_come else UNTOLD,
        "directions": site.told("directions") if can_come else UNTOLD,
        "ways": [directions_url(place.point) for place in visit.places] if can_come else [],
    }


def cancel_page(visit: Visit) -> str:
    """Return the address of the page that cancels it in one press, without signing in."""
    token = cancel_token(visit.booking, visit.day, visit.times)
    return whole_address_of("booking-cancel-link", token)
