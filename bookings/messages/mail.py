"""The mails that tell a person of a booking: text, HTML and calendar; each holds one event."""

from typing import TypedDict

from django.conf import settings
from django.utils import translation

from bookings.calendars import invitation, page_of, withdrawal
from bookings.messages.letters import Letter
from bookings.messages.words import (
    action_of,
    calendar_words,
    details_of,
    entry_words,
    fact_words,
    headline,
    others_told,
    plans_words,
    price_details,
    time_style,
)
from network.mails.templated import templated
from network.mails.wire import Message
from sites.templatetags.when import when

CALENDAR_FILE, WITHDRAWAL_FILE = "reservation.ics", "annulation.ics"


class CalendarParts(TypedDict):
    """The parts of a message that calendars read."""

    alternatives: list[list[str]]
    attachments: list[list[str]]


def message_for(letter: Letter) -> Message:
    """Return the mail in its reader's language."""
    booking = letter.booking
    with translation.override(booking.person.language):
        written = templated(
            "bookings/email/booking",
            subject=subject_of(letter),
            context=context_of(letter),
            to=booking.person.email,
            key=key_of(letter),
        )
        return Message(**written, **calendar_parts(letter))


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
    site = letter.booking.site
    return headline(letter.fact, [(site, one) for one in letter.missed or letter.times])


def context_of(letter: Letter) -> dict[str, object]:
    """Return what the templates show."""
    booking, site = letter.booking, letter.booking.site
    events = letter.events if letter.is_first else [letter.about]
    places = [one.place.address for one in events if one.place]
    return {
        "booking": booking,
        "letter": letter,
        "times": [when(one, site.zone) for one in letter.kept],
        "missed": [(when(one, site.zone), reason) for one, reason in letter.missed.items()],
        "details": [*details_of(booking, list(dict.fromkeys(places))), *price_details(letter)],
        "others": others_told(letter),
        "happened": fact_words(letter),
        "plans": plans_words(letter),
        "calendar": calendar_words(letter),
        "time_style": time_style(letter),
        "entry": entry_words(letter),
        "action": action_of(letter),
        "page": page_to_act_on(letter),
        "zone": "" if site.time_zone == settings.TIME_ZONE else site.time_zone,
    }


def page_to_act_on(letter: Letter) -> str:
    """Return the address of the booking, of its site once it is cancelled."""
    if letter.is_cancellation:
        return f"{settings.PUBLIC_URL}{letter.booking.site.get_absolute_url()}"
    return page_of(letter.booking)


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
