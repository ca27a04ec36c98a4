"""What a booking sets going outside the database."""

from collections.abc import Iterable
from datetime import datetime

from bookings.mail import Change
from bookings.models import Booking
from bookings.tasks import send_booking_mail
from bookings.warnings import send_impossible_mail

__all__ = ["Change", "announce", "warn"]


def warn(bookings: Iterable[Booking], now: datetime) -> None:
    """Have each person told that their booking can no longer be had: a row for each."""
    for booking in bookings:
        send_impossible_mail.enqueue(booking.pk, now.isoformat())


def announce(booking: Booking, *, change: Change, times_before: int = 0) -> None:
    """Have the booking's person told, by a row of the current transaction.

    `times_before` is how many times (days, mornings) the booking had before a change: those it no
    longer has are then withdrawn from the person's calendar.
    """
    send_booking_mail.enqueue(booking.pk, change.value, booking.sequence, times_before)
