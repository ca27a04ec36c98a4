"""Bookings and holds, their units, what calendars were told, and answers kept to be repeated."""

from bookings.models.allocations import (
    LONGEST_ALLOCATION,
    Allocation,
    AllocationQuerySet,
    meeting,
    met,
)
from bookings.models.answers import IdempotentAnswer
from bookings.models.bookings import (
    REFERENCE_ALPHABET,
    REFERENCE_LENGTH,
    Booking,
    BookingQuerySet,
    new_reference,
)
from bookings.models.calendars import CalendarFeed, SentAppointment
from bookings.models.holds import Hold, HoldQuerySet, new_token
from bookings.models.reminders import Reminder

__all__ = [
    "LONGEST_ALLOCATION",
    "REFERENCE_ALPHABET",
    "REFERENCE_LENGTH",
    "Allocation",
    "AllocationQuerySet",
    "Booking",
    "BookingQuerySet",
    "CalendarFeed",
    "Hold",
    "HoldQuerySet",
    "IdempotentAnswer",
    "Reminder",
    "SentAppointment",
    "meeting",
    "met",
    "new_reference",
    "new_token",
]
