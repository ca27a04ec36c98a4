"""The mails that tell a person of a booking: text, HTML and calendar; each holds one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.access import access_to
from bookings.calendars import Appointment, invitation, page_of, withdrawal
from bookings.calendars.appointments import times_of
from bookings.models import Booking
from bookings.templatetags.when import when
from network.tasks import Message, message_id
from sites.intervals import Interval

CALENDAR_FILE, WITHDRAWAL_FILE = "reservation.ics", "annulation.ics"


class Change(models.TextChoices):
    """What happened to a booking."""

    BOOKED = "booked", gettext_lazy("Booking confirmed")
    CHANGED = "changed", gettext_lazy("Booking changed")
    MOVED = "moved", gettext_lazy("Practical details changed")
    CANCELLED = "cancelled", gettext_lazy("Booking cancelled")


@dataclass(frozen=True)
class Letter:
    """What is to be told now of which booking: one event (`about`) of those it makes.

    The first tells of the whole booking, for people; the others bring the further events, for a
    message of the kind that calendars act on holds one UID.
    """

    booking: Booking
    change: Change
    about: Appointment
    events: Sequence[Appointment]
    now: datetime
    is_farewell: bool = False

    @property
    def is_first(self) -> bool:
        """Tell whether this letter tells of the whole booking."""
        return not self.is_farewell and self.about.number == self.events[0].number

    @property
    def is_withdrawal(self) -> bool:
        """Tell whether it only takes an event out of a calendar, for a booking that goes on."""
        return self.is_farewell or (self.booking.is_active and self.about.is_cancelled)

    @property
    def is_neutral(self) -> bool:
        """Tell whether it takes an event out of a calendar though no time is lost."""
        return self.is_farewell or (self.is_withdrawal and not self.lost)

    @property
    def lost(self) -> list[Interval]:
        """Return what its event was told to have and the booking has no longer."""
        left = list(self.about.intervals)
        for held in times_of(self.events):
            left = [part for one in left for part in one.without(held)]
        return left

    @property
    def times(self) -> list[Interval]:
        """Return the times that it tells of."""
        if self.is_withdrawal and not self.is_farewell:
            return self.lost or times_of(self.events)
        return times_of(self.events) if self.is_first else list(self.about.intervals)

    @property
    def others(self) -> int:
        """Return how many further letters bring the booking's other events."""
        return len(self.events) - 1

    @property
    def fact(self) -> str:
        """Return what happened, in two or three words."""
        if self.is_neutral:
            return _("Your calendar is updated")
        if self.is_withdrawal:
            return _("No longer booked")
        return str(self.change.label)


class CalendarParts(TypedDict):
    """The parts of a message that calendars read."""

    alternatives: list[list[str]]
    attachments: list[list[str]]


def message_for(letter: Letter) -> Message:
    """Return the mail in its reader's language."""
    booking = letter.booking
    with translation.override(booking.person.language):
        subject = subject_of(letter)
        context = context_of(letter) | {"subject": subject}
        return Message(
            subject=subject,
            body=render_to_string("bookings/email/booking.txt", context),
            html=render_to_string("bookings/email/booking.html", context),
            to=[booking.person.email],
            headers={
                "Message-ID": message_id(key_of(letter)),
                "Auto-Submitted": "auto-generated",
            },
            **calendar_parts(letter),
        )


def key_of(letter: Letter) -> str:
    """Return what names the mail, the same at each attempt."""
    key = f"{letter.booking.reference}-{letter.booking.sequence}-{letter.change}"
    if letter.is_farewell:
        return f"{key}-{letter.about.number}-former"
    return key if letter.is_first else f"{key}-{letter.about.number}"


def subject_of(letter: Letter) -> str:
    """Return the fact: "Réservation confirmée : La Fabrique, mardi 24 novembre, 9 h – 12 h 30"."""
    booking = letter.booking
    first, *others = letter.times
    fact = {"fact": letter.fact, "site": booking.site, "when": when(first, booking.site.zone)}
    if not others:
        return _("%(fact)s: %(site)s, %(when)s") % fact
    return ngettext(
        "%(fact)s: %(site)s, %(when)s and %(others)d other time",
        "%(fact)s: %(site)s, %(when)s and %(others)d other times",
        len(others),
    ) % {**fact, "others": len(others)}


def context_of(letter: Letter) -> dict[str, object]:
    """Return what the templates show."""
    booking, site = letter.booking, letter.booking.site
    events = letter.events if letter.is_first else [letter.about]
    places = [one.place.address for one in events if one.place]
    return {
        "booking": booking,
        "letter": letter,
        "change": letter.change,
        "Change": Change,
        "is_off": letter.about.is_cancelled,
        "times": [when(one, site.zone) for one in letter.times],
        "places": list(dict.fromkeys(places)),
        "access": access_to(booking, letter.times, letter.now),
        "page": page_of(booking),
        "site_page": f"{settings.PUBLIC_URL}{site.get_absolute_url()}",
        "home": settings.PUBLIC_URL,
        "zone": "" if site.time_zone == settings.TIME_ZONE else site.time_zone,
    }


def calendar_parts(letter: Letter) -> CalendarParts:
    """Return the event twice, as other senders do: for programs to act on, and as a file."""
    is_off = letter.about.is_cancelled
    write, method = (withdrawal, "CANCEL") if is_off else (invitation, "REQUEST")
    text = write(letter.about, letter.now).decode()
    name = WITHDRAWAL_FILE if is_off else CALENDAR_FILE
    return {
        "alternatives": [[text, f"text/calendar; method={method}; charset=utf-8"]],
        "attachments": [[name, text, "application/ics"]],
    }
