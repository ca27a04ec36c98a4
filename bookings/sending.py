"""Which letter is to go out now, and the record of what calendars were told by the letters."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from bookings.calendars import Appointment, appointments_of
from bookings.calendars.appointments import as_told
from bookings.mail import Change, Letter
from bookings.models import Booking, SentAppointment
from bookings.possibility import marked


@transaction.atomic
def letter_to_send(
    booking_id: int, *, sequence: int, change: Change, number: int, now: datetime
) -> Letter | None:
    """Return the letter about one event of one revision; None when nothing is to be told of it.

    The revision was overtaken, or what it was to tell was mended meanwhile.

    A request is recorded here, before anything is handed over: whoever then dies leaves a mail
    that may have gone out. The lock makes a change of the booking wait, and find the record.
    """
    booking = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=booking_id, sequence=sequence)
        .select_related("site__commune", "space", "person", "booked_by")
        .first()
    )
    if booking is None:
        return None
    with translation.override(booking.person.language):
        present = tuple(marked(appointments_of(Booking.objects.filter(pk=booking_id)), now))
    about = event_told(booking, number, present)
    told = told_as(booking, change, number, present)
    if about is None or told is None:
        return None
    if not about.is_cancelled:
        record_request(about)
    return Letter(booking, told, about, present, now)


def event_told(booking: Booking, number: int, present: Sequence[Appointment]) -> Appointment | None:
    """Return an event as the booking has it, or, taken out, as its person's calendar knows it."""
    held = next((one for one in present if one.number == number), None)
    if held:
        return held
    row = SentAppointment.objects.filter(booking=booking, number=number).first()
    return as_told(booking, row, {}) if row else None


def record_request(about: Appointment) -> None:
    """Write that the person's calendar may now hold this event."""
    sequence = about.booking.sequence
    pairs = [[one.starts_at.isoformat(), one.ends_at.isoformat()] for one in about.intervals]
    told = {"requested": sequence, "times": pairs}
    SentAppointment.objects.update_or_create(
        booking=about.booking,
        number=about.number,
        defaults=told,
        create_defaults=told | {"since": sequence},
    )


def record_withdrawal(letter: Letter) -> None:
    """Write that the event was taken out, unless a newer revision has put it back meanwhile."""
    sequence = letter.booking.sequence
    rows = SentAppointment.objects.filter(booking=letter.booking, number=letter.about.number)
    rows.filter(requested__lte=sequence).update(withdrawn=sequence)


def told_as(
    booking: Booking, change: Change, number: int, present: Sequence[Appointment]
) -> Change | None:
    """Return what the person is told has happened, None when that was mended meanwhile.

    The first they hear of what they did is that they have booked. What happened to the place is
    no news of that kind, even to somebody who was never told of the booking.
    """
    if change in (Change.MOVED, Change.KEPT) or not booking.is_active:
        return change
    if change == Change.IMPOSSIBLE:
        return change if any(one.missed for one in present) else mended(booking, number)
    was_told = booking.appointments_sent.filter(since__lt=booking.sequence).exists()
    return change if was_told else Change.BOOKED


def mended(booking: Booking, number: int) -> Change | None:
    """Return what is told of a booking that can be had again before its person heard it could not.

    Nothing, unless it overtook another mail of this event: then how the booking is now.
    """
    before = booking.sequence - 1
    is_told = Q(requested=before) | Q(withdrawn=before)
    rows = booking.appointments_sent.filter(is_told, number=number)
    return None if rows.exists() else Change.KEPT
