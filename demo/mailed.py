"""What people were told of the invented bookings to come, as if the mails had gone out."""

from datetime import datetime

from bookings.calendars import appointments_of
from bookings.messages.sending import told_of
from bookings.models import Booking, SentAppointment

BATCH = 2000


def write_what_was_mailed(now: datetime) -> None:
    """Note the mail of each booking to come: whoever changes one is told of a change."""
    rows = (
        SentAppointment(
            booking=one.booking,
            number=one.number,
            email=one.booking.person.email,
            since=one.booking.sequence,
            **told_of(one),
        )
        for one in appointments_of(Booking.objects.active().upcoming(now))
    )
    SentAppointment.objects.bulk_create(rows, batch_size=BATCH)
