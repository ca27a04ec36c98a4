"""Which letter is to go out now, and the record of what calendars were told by the letters."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from bookings.calendars import Appointment, appointments_of
from bookings.calendars.appointments import Place, as_told
from bookings.messages.letters import Change, Letter
from bookings.models import Booking, SentAppointment
from bookings.possibility import marked


@dataclass(frozen=True)
class Outgoing:
    """A letter, the revision it belongs to, and the record of its event as it was before."""

    letter: Letter
    sequence: int
    before: SentAppointment | None


@transaction.atomic
def letter_to_send(
    booking_id: int, *, sequence: int, change: Change, number: int, now: datetime
) -> Outgoing | None:
    """Return the letter about one event of one revision; None when nothing is to be told of it.

    The revision was overtaken, or what it was to tell was mended meanwhile.

    A request is recorded here, before anything is handed over: whoever then dies leaves a mail
    that may have gone out. The lock makes a change of the booking wait, and find the record.
    """
    booking = locked_at(booking_id, sequence)
    if booking is None:
        return None
    with translation.override(booking.person.language):
        present = tuple(marked(appointments_of(Booking.objects.filter(pk=booking_id)), now))
    about = event_told(booking, number, present)
    told = told_as(booking, change, number, present)
    if about is None or told is None:
        return None
    before = None if about.is_cancelled else record_request(about)
    letter = Letter(booking, told, about, present, now)
    return Outgoing(letter, sequence, before)


def locked_at(booking_id: int, sequence: int) -> Booking | None:
    """Return the booking, locked, if this is its revision."""
    return (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=booking_id, sequence=sequence)
        .select_related("site__commune", "space", "person", "booked_by")
        .first()
    )


def event_told(booking: Booking, number: int, present: Sequence[Appointment]) -> Appointment | None:
    """Return an event as the booking has it, or, taken out, as its person's calendar knows it."""
    held = next((one for one in present if one.number == number), None)
    if held:
        return held
    row = sent_to_person(booking).filter(number=number).first()
    return as_told(booking, row) if row else None


@transaction.atomic
def farewell_to_send(
    booking_id: int, *, sequence: int, former: int, now: datetime
) -> Outgoing | None:
    """Return what takes an event out of the calendar of an address that the person has left.

    `former` is the record of what it was told. The letter is newer than that, and older than what
    the new address is told, for both may feed one calendar. Whoever reads it may be a stranger:
    it says nothing that they had not.
    """
    booking = locked_at(booking_id, sequence)
    if booking is None:
        return None
    row = booking.appointments_sent.filter(pk=former).first()
    if row is None:
        return None
    told = copy(booking)
    told.person = copy(booking.person)
    told.person.email = row.email
    told.note, told.sequence = "", row.requested + 1
    about = as_told(told, row)
    letter = Letter(told, Change.CHANGED, about, (about,), now, is_farewell=True)
    return Outgoing(letter, booking.sequence, row)


def record_request(about: Appointment) -> SentAppointment | None:
    """Write that the person's calendar may now hold this event; return the record before."""
    told = told_of(about)
    before = sent_to_person(about.booking).filter(number=about.number).first()
    SentAppointment.objects.update_or_create(
        booking=about.booking,
        number=about.number,
        email=about.booking.person.email,
        defaults=told,
        create_defaults=told | {"since": about.booking.sequence},
    )
    return before


def told_of(about: Appointment) -> dict[str, Any]:
    """Return what the record keeps of a request: its revision, its times and where it is."""
    pairs = [[one.starts_at.isoformat(), one.ends_at.isoformat()] for one in about.intervals]
    return {
        "requested": about.booking.sequence,
        "times": pairs,
        "place": record_of(about.place),
    }


def record_of(place: Place | None) -> dict[str, object] | None:
    """Return a place as the record keeps it."""
    if place is None:
        return None
    latitude, longitude = place.point
    return {"address": place.address, "latitude": latitude, "longitude": longitude}


def record_withdrawal(outgoing: Outgoing) -> None:
    """Write that the event was taken out, unless a newer revision has put it back meanwhile."""
    rows = event_records(outgoing.letter).filter(requested__lte=outgoing.sequence)
    rows.update(withdrawn=outgoing.sequence)


@transaction.atomic
def take_back(outgoing: Outgoing) -> None:
    """Write that a request never reached its person: the mail server said so.

    Once the booking has a newer revision the record stays, for that one has reckoned with it.
    """
    letter, before = outgoing.letter, outgoing.before
    if letter.about.is_cancelled or locked_at(letter.booking.pk, outgoing.sequence) is None:
        return
    if before is None:
        event_records(letter).delete()
    else:
        before.save()


def event_records(letter: Letter) -> QuerySet[SentAppointment]:
    """Return the record of the letter's event at the address it goes to."""
    return sent_to_person(letter.booking).filter(number=letter.about.number)


def sent_to_person(booking: Booking) -> QuerySet[SentAppointment]:
    """Return what was sent of the booking to the address that its person has."""
    return booking.appointments_sent.filter(email=booking.person.email)


def told_as(
    booking: Booking, change: Change, number: int, present: Sequence[Appointment]
) -> Change | None:
    """Return what the person is told has happened, None when that was mended meanwhile.

    The first they hear of what they did is that they have booked. What happened to the place is
    no news of that kind, even to somebody who was never told of the booking.
    """
    if change in (Change.MOVED, Change.KEPT, Change.CLOSED) or not booking.is_active:
        return change
    if change == Change.IMPOSSIBLE:
        return change if any(one.missed for one in present) else mended(booking, number)
    was_told = sent_to_person(booking).filter(since__lt=booking.sequence).exists()
    return change if was_told else Change.BOOKED


def mended(booking: Booking, number: int) -> Change | None:
    """Return what is told of a booking that can be had again before its person heard it could not.

    Nothing, unless it overtook another mail of this event: then how the booking is now.
    """
    before = booking.sequence - 1
    is_told = Q(requested=before) | Q(withdrawn=before)
    rows = sent_to_person(booking).filter(is_told, number=number)
    return None if rows.exists() else Change.KEPT
