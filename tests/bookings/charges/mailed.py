"""What the mail of a booking says of its price."""

from django.utils import translation

from bookings.calendars import appointments_of
from bookings.messages.letters import Change, Letter
from bookings.messages.words import price_details
from bookings.models import Booking
from bookings.possibility import marked
from tests.factories import NOW


def mailed_price(booking: Booking) -> str:
    """Return what a mail about a booking says of its price, in English."""
    with translation.override("en"):
        events = marked(appointments_of(Booking.objects.filter(pk=booking.pk)), NOW)
        told = price_details(Letter(booking, Change.BOOKED, events[0], events, NOW))
    return "\n".join(f"{label} {words}" for label, words in told)
