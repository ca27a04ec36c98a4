"""What the page of a booking tells beside it: where the site stands, its photo, the mail sent."""

from collections.abc import Sequence
from datetime import datetime

from bookings.models import Allocation, Booking
from sites.intervals import Interval
from sites.models import Photo, Stop


def stop_of(booking: Booking, times: Sequence[Interval], now: datetime) -> Stop | None:
    """Return where an itinerant site stands at the next of those times, or at the last."""
    if not booking.site.is_itinerant or not times:
        return None
    ahead = next((one for one in times if one.ends_at > now), times[-1])
    stops = Stop.objects.filter(site=booking.site_id).between(ahead)
    return stops.select_related("commune").order_by("starts_at").first()


def photo_of(booking: Booking) -> Photo | None:
    """Return the first photo of the site, by which it is known from the street."""
    return Photo.objects.filter(site=booking.site_id).order_by("position", "pk").first()


def is_told(booking: Booking) -> bool:
    """Tell whether a mail about the booking as it is now went to its person; else it is to go."""
    sent = booking.appointments_sent.filter(requested__gte=booking.sequence)
    return sent.filter(email=booking.person.email).exists()


def is_given_back(booking: Booking) -> bool:
    """Tell whether some of the booking was given back: none of one that never changed."""
    given = Allocation.objects.filter(booking=booking, status=Allocation.Status.GIVEN_BACK)
    return booking.sequence > 0 and given.exists()
