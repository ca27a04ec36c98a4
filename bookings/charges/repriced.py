"""What else costs something else since a booking was made, changed or cancelled. Reads only."""

from dataclasses import dataclass

from billing.showing.turns import Repriced, repriced_by
from bookings.models import Booking


@dataclass(frozen=True)
class Other:
    """Another booking of the same person, and what it costs now and did before."""

    booking: Booking
    told: Repriced


def repriced_with(booking: Booking) -> list[Other]:
    """Return the other bookings of its person that its last revision gave another price.

    Three queries, one where there are none.
    """
    found = {
        one.reference: one
        for one in repriced_by(booking.person, booking.reference, booking.changed_at)
    }
    if not found:
        return []
    rows = Booking.objects.filter(reference__in=found).select_related("site")
    return [Other(one, found[one.reference]) for one in rows.order_by("starts_at", "pk")]
