"""Bookings as iCalendar (RFC 5545): events to subscribe to, to download and to send."""

from bookings.calendars.appointments import (
    Appointment,
    appointments_of,
    shown_in_feed,
)
from bookings.calendars.documents import download, feed_calendar, invitation, withdrawal
from bookings.calendars.events import fingerprint, page_of

__all__ = [
    "Appointment",
    "appointments_of",
    "download",
    "feed_calendar",
    "fingerprint",
    "invitation",
    "page_of",
    "shown_in_feed",
    "withdrawal",
]
