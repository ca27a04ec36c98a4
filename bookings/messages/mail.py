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
from network.jobs.tasks import message_id
from network.mails.wire import Message
from sites.intervals import Interval

CALENDAR_FILE, WITHDRAWAL_FILE = "reservation.ics", "annulation.ics"


class Change(models.TextChoices):
    """What happened to a booking; what is impossible of it is said whatever happened."""

    BOOKED = "booked", gettext_lazy("Booking confirmed")
    CHANGED = "changed", gettext_lazy("Booking changed")
    MOVED = "moved", gettext_lazy("Practical details changed")
    IMPOSSIBLE = "impossible", gettext_lazy("Booking maintained")
    KEPT = "kept", gettext_lazy("Booking maintained")
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
    def missed(self) -> dict[Interval, str]:
        """Return which of the times that it tells of can no longer be had, and why."""
        told = self.events if self.is_first else [self.about]
        return dict(sorted(pair for one in told for pair in one.missed))

    @property
    def kept(self) -> list[Interval]:
        """Return the times that it tells of and that can be had."""
        return [time for time in self.times if time not in self.missed]

    @property
    def is_whole(self) -> bool:
        """Tell whether all of the booking can be had."""
        return not any(one.missed for one in self.events)

    @property
    def can_change(self) -> bool:
        """Tell whether the booking may still be changed or cancelled."""
        return self.booking.can_be_changed(self.now)

    @property
    def can_give_back(self) -> bool:
        """Tell whether it has begun, and something is left to give back."""
        return not self.can_change and self.booking.can_be_given_back(self.now)

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
        if self.missed:
            return _("No longer possible")
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
    """Return the fact: "Réservation confirmée : La Fabrique, mardi 24 novembre, 9 h – 12 h 30".

    Of a booking that is partly impossible, only what is so: the rest is in the mail.
    """
    booking = letter.booking
    first, *others = list(letter.missed) or letter.times
    fact = {"fact": letter.fact, "site": booking.site, "when": when(first, booking.site.zone)}
    if not others:
        return _("%(fact)s: %(site)s, %(when)s") % fact
    return ngettext(
        "%(fact)s: %(site)s, %(when)s and %(others)d other time",
        "%(fact)s: %(site)s, %(when)s and %(others)d other times",
        len(others),
    ) % {**fact, "others": len(others)}


def action_of(letter: Letter) -> str:
    """Return what can be done with the booking on its page."""
    if letter.missed and letter.can_change:
        if letter.kept:
            return _("Drop these times, choose others, or cancel")
        return _("Choose another time, or cancel the booking")
    if letter.can_change:
        return _("See, change or cancel")
    return _("See, or give back the time left") if letter.can_give_back else _("See the booking")


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
        "times": [when(one, site.zone) for one in letter.kept],
        "missed": [(when(one, site.zone), reason) for one, reason in letter.missed.items()],
        "places": list(dict.fromkeys(places)),
        "access": access_to(booking, letter.times, letter.now),
        "page": page_of(booking),
        "action": action_of(letter),
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
