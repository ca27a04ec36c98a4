"""The mail that tells a person of a booking: text, HTML and calendar."""

from dataclasses import dataclass
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.calendars import Slot, invitation, page_of, slots_of, withdrawal
from bookings.models import Booking
from bookings.templatetags.when import when
from network.tasks import Message, message_id

CALENDAR_FILE, WITHDRAWAL_FILE = "reservation.ics", "annulation.ics"


class Change(models.TextChoices):
    """What happened to a booking."""

    BOOKED = "booked", gettext_lazy("Booking confirmed")
    CHANGED = "changed", gettext_lazy("Booking changed")
    CANCELLED = "cancelled", gettext_lazy("Booking cancelled")


@dataclass(frozen=True)
class Letter:
    """What is to be told, of which revision of which booking."""

    booking: Booking
    change: Change
    times_before: int = 0


class CalendarParts(TypedDict):
    """The parts of a message that calendars read."""

    alternatives: list[list[str]]
    attachments: list[list[str]]


def message_for(letter: Letter) -> Message:
    """Return the mail in the language of the network, for people have told us none of theirs."""
    booking, change = letter.booking, letter.change
    slots = slots_of(Booking.objects.filter(pk=booking.pk))
    with translation.override(settings.LANGUAGE_CODE):
        subject = subject_of(change, slots)
        context = context_of(letter, slots) | {"subject": subject}
        return Message(
            subject=subject,
            body=render_to_string("bookings/email/booking.txt", context),
            html=render_to_string("bookings/email/booking.html", context),
            to=[booking.person.email],
            headers={
                "Message-ID": message_id(f"{booking.reference}-{booking.sequence}-{change}"),
                "Auto-Submitted": "auto-generated",
            },
            **calendar_parts(letter, slots),
        )


def subject_of(change: Change, slots: list[Slot]) -> str:
    """Return the fact: "Réservation confirmée : La Fabrique, mardi 24 novembre, 9 h – 12 h 30"."""
    first = slots[0]
    fact = {"fact": change.label, "site": first.booking.site, "when": time_words(first)}
    others = len(slots) - 1
    if not others:
        return _("%(fact)s: %(site)s, %(when)s") % fact
    return ngettext(
        "%(fact)s: %(site)s, %(when)s and %(others)d other time",
        "%(fact)s: %(site)s, %(when)s and %(others)d other times",
        others,
    ) % {**fact, "others": others}


def time_words(slot: Slot) -> str:
    """Return the slot's time in words, by the clocks of its site."""
    return when(slot.interval, slot.booking.site.zone)


def context_of(letter: Letter, slots: list[Slot]) -> dict[str, object]:
    """Return what the templates show."""
    site = letter.booking.site
    return {
        "booking": letter.booking,
        "change": letter.change,
        "Change": Change,
        "times": [time_words(slot) for slot in slots],
        "places": list(dict.fromkeys(slot.place.address for slot in slots)),
        "page": page_of(letter.booking),
        "site_page": f"{settings.PUBLIC_URL}{site.get_absolute_url()}",
        "home": settings.PUBLIC_URL,
        "zone": "" if site.time_zone == settings.TIME_ZONE else site.time_zone,
    }


def calendar_parts(letter: Letter, slots: list[Slot]) -> CalendarParts:
    """Return the calendar twice, as other senders do: for programs to act on, and as a file."""
    is_cancelled = letter.change == Change.CANCELLED
    method = "CANCEL" if is_cancelled else "REQUEST"
    text = invitation(slots, method=method).decode()
    files = [[CALENDAR_FILE, text, "application/ics"]]
    if not is_cancelled and letter.times_before > len(slots):
        gone = withdrawal(slots[-1], letter.times_before).decode()
        files.append([WITHDRAWAL_FILE, gone, "text/calendar; method=CANCEL; charset=utf-8"])
    return {
        "alternatives": [[text, f"text/calendar; method={method}; charset=utf-8"]],
        "attachments": files,
    }
