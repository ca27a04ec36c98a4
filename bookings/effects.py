"""What a booking sets going outside the database."""

from bookings.mail import Change
from bookings.models import Booking
from bookings.tasks import send_booking_mail

__all__ = ["Change", "announce"]


def announce(booking: Booking, *, change: Change, times_before: int = 0) -> None:
    """Have the booking's person told, by a row of the current transaction.

    `times_before` is how many times (days, mornings) the booking had before a change: those it no
    longer has are then withdrawn from the person's calendar.
    """
    send_booking_mail.enqueue(booking.pk, change.value, booking.sequence, times_before)
